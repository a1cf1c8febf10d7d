package org.lanewise.nn.schedule;

import java.util.OptionalLong;
import org.lanewise.nn.check.Checks;

/** Half a cosine from 1 to a last factor. */
record Cosine(long steps, double last) implements Schedule {
  Cosine {
    Steps.require("cosine", steps);
    Checks.notNegative("cosine", "a factor", last);
  }

  @Override
  public double at(Progress progress) {
    double share = (double) Math.min(progress.steps(), steps) / steps;
    return last + (1 - last) * half(share);
  }

  /** The share of a half cosine that is left: 1 at 0, 0 at 1. */
  static double half(double share) {
    return (1 + Math.cos(Math.PI * share)) / 2;
  }

  @Override
  public OptionalLong length() {
    return OptionalLong.of(steps);
  }
}
