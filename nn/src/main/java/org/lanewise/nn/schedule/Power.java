package org.lanewise.nn.schedule;

import org.lanewise.nn.check.Checks;

/** 1 / (1 + t/s)<sup>c</sup>. */
record Power(double steps, double power) implements Schedule {
  Power {
    Checks.positive("power", "steps", steps);
    Checks.positive("power", "a power", power);
  }

  @Override
  public double at(Progress progress) {
    return Math.pow(1 + progress.steps() / steps, -power);
  }
}
