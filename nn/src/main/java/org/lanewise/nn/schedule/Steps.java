package org.lanewise.nn.schedule;

/** Checks of the lengths of schedules. */
final class Steps {
  private Steps() {}

  static void require(String schedule, long steps) {
    if (steps < 1) {
      throw new IllegalArgumentException(schedule + ": expected at least one step, was " + steps);
    }
  }
}
