package org.lanewise.nn.schedule;

import java.util.OptionalLong;
import org.lanewise.nn.check.Checks;

/** A straight line. */
record Linear(double from, double to, long steps) implements Schedule {
  Linear {
    Steps.require("linear", steps);
    Checks.notNegative("linear", "a factor", from);
    Checks.notNegative("linear", "a factor", to);
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
