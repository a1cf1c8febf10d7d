package org.lanewise.nn.schedule;

import org.lanewise.nn.check.Checks;

/** A factor to the power of t/s. */
record Exponential(double factor, double steps) implements Schedule {
  Exponential {
    Checks.positive("exponential", "a factor", factor);
    Checks.positive("exponential", "steps", steps);
  }

  @Override
  public double at(Progress progress) {
    return Math.pow(factor, progress.steps() / steps);
  }
}
