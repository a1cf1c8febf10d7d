package org.lanewise.nn.schedule;

/** Half cosines from 1 to 0, each longer than the one before. */
record CosineRestarts(long first, int multiplier) implements Schedule {
  CosineRestarts {
    Steps.require("cosine_restarts", first);
    if (multiplier < 1) {
      throw new IllegalArgumentException(
          "cosine_restarts: expected a multiplier of at least 1, was " + multiplier);
    }
  }

  @Override
  public double at(Progress progress) {
    long t = progress.steps();
    long period = first;
    if (multiplier == 1) {
      t %= period;
    }
    while (t >= period) {
      t -= period;
      period = Math.multiplyExact(period, multiplier);
    }
    return Cosine.half((double) t / period);
  }
}
