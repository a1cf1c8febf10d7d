package org.lanewise.nn.schedule;

import java.util.OptionalLong;

/** A straight line. */
record Linear(double from, double to, long steps) implements Schedule {
  Linear {
    Factors.requireSteps("linear", steps);
    Factors.requireFactor("linear", from);
    Factors.requireFactor("linear", to);
  }

  @Override
  public double at(Progress progress) {
    long t = Math.min(progress.steps(), steps);
    return from + (to - from) * t / steps;
  }

  @Override
  public OptionalLong length() {
    return OptionalLong.of(steps);
  }
}
