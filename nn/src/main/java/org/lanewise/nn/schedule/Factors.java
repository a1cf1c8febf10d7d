package org.lanewise.nn.schedule;

/** What schedules check. */
final class Factors {
  private Factors() {}

  static void requireFactor(String schedule, double factor) {
    if (!(factor >= 0) || !Float.isFinite((float) factor)) {
      throw new IllegalArgumentException(
          schedule + ": expected a factor at least 0 and finite, was " + factor);
    }
  }

  static void requireSteps(String schedule, long steps) {
    if (steps < 1) {
      throw new IllegalArgumentException(schedule + ": expected at least one step, was " + steps);
    }
  }
}
