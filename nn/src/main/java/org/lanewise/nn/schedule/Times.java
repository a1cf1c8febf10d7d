package org.lanewise.nn.schedule;

import java.util.OptionalDouble;

/** The product of two schedules. */
record Times(Schedule first, Schedule second) implements Schedule {
  @Override
  public double at(Progress progress) {
    return first.at(progress) * second.at(progress);
  }

  @Override
  public OptionalDouble momentum(Progress progress) {
    OptionalDouble own = first.momentum(progress);
    return own.isPresent() ? own : second.momentum(progress);
  }
}
