package org.lanewise.bench.compare;

/**
 * An update of many parameters by Adam alone.
 *
 * @param parameters the number of parameters
 */
record AdamWork(int parameters) implements Work {
  @Override
  public String name() {
    return "Adam over " + parameters / 1_000_000 + " million parameters";
  }

  @Override
  public double tolerance() {
    return 1e-6;
  }

  float[] gradient() {
    return SeededData.uniform(parameters, -1, 1, 8);
  }
}
