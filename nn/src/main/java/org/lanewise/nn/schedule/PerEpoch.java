package org.lanewise.nn.schedule;

import java.util.OptionalDouble;

/** A schedule whose t counts epochs. */
record PerEpoch(Schedule schedule) implements Schedule {
  @Override
  public double at(Progress progress) {
    return schedule.at(progress.steps(progress.epochs()));
  }

  @Override
  public OptionalDouble momentum(Progress progress) {
    return schedule.momentum(progress.steps(progress.epochs()));
  }
}
