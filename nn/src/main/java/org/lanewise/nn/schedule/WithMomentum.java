package org.lanewise.nn.schedule;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/** A schedule of the learning rate with one of momentum. */
record WithMomentum(Schedule rate, Schedule momentum) implements Schedule {
  @Override
  public double at(Progress progress) {
    return rate.at(progress);
  }

  @Override
  public OptionalDouble momentum(Progress progress) {
    return OptionalDouble.of(momentum.at(progress));
  }

  @Override
  public OptionalLong length() {
    return rate.length();
  }
}
