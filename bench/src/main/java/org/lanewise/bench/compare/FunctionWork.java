package org.lanewise.bench.compare;

import java.util.Locale;
import org.lanewise.engine.operation.Elementwise;

/**
 * An elementary function of 16,384 elements, which stay in the cache.
 *
 * @param function the function
 * @param low where the arguments begin
 * @param high where they end
 */
record FunctionWork(Elementwise function, double low, double high) implements Work {
  private static final int ELEMENTS = 16 * 1024;

  @Override
  public String name() {
    return function.name().toLowerCase(Locale.ROOT) + " of " + ELEMENTS + " elements";
  }

  /** A few units in the last place of the largest. */
  @Override
  public double tolerance() {
    return 1e-6;
  }

  float[] x() {
    return SeededData.uniform(ELEMENTS, low, high, 7);
  }
}
