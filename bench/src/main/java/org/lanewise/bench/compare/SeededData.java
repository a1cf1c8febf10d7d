package org.lanewise.bench.compare;

import org.lanewise.engine.random.Distribution;
import org.lanewise.engine.random.RandomStream;

/** Data that every contestant draws for itself from the same seed, and so has the same bits of. */
final class SeededData {
  private SeededData() {}

  static float[] uniform(int n, double low, double high, long seed) {
    float[] y = new float[n];
    RandomStream.of(seed).fill(Distribution.uniform(low, high), y, 0, n);
    return y;
  }
}
