package org.lanewise.nn.schedule;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/** A schedule with an end, at which it stops changing. */
record Lasting(Schedule schedule, long steps) implements Schedule {
  Lasting {
    Steps.require("lasting", steps);
  }

  private Progress held(Progress progress) {
    return progress.steps(Math.min(progress.steps(), steps));
  }

  @Override
  public double at(Progress progress) {
    return schedule.at(held(progress));
  }

  @Override
  public OptionalDouble momentum(Progress progress) {
    return schedule.momentum(held(progress));
  }

  @Override
  public OptionalLong length() {
    return OptionalLong.of(steps);
  }
}
