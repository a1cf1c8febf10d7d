package org.lanewise.nn.schedule;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/** One schedule until its end, then another. */
record Then(Schedule first, Schedule next) implements Schedule {
  Then {
    if (first.length().isEmpty()) {
      throw new IllegalArgumentException(
          "schedule: expected a schedule with an end before another, was "
              + first
              + "; lasting(steps) gives it one");
    }
  }

  private long end() {
    return first.length().orElseThrow();
  }

  private boolean ended(Progress progress) {
    return progress.steps() >= end();
  }

  private Progress since(Progress progress) {
    return progress.steps(progress.steps() - end());
  }

  @Override
  public double at(Progress progress) {
    return ended(progress) ? next.at(since(progress)) : first.at(progress);
  }

  @Override
  public OptionalDouble momentum(Progress progress) {
    return ended(progress) ? next.momentum(since(progress)) : first.momentum(progress);
  }

  @Override
  public OptionalLong length() {
    OptionalLong rest = next.length();
    return rest.isEmpty() ? rest : OptionalLong.of(Math.addExact(end(), rest.getAsLong()));
  }
}
