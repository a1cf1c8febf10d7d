package org.lanewise.nn.optimizer;

/** Checks of what optimizers are given. */
final class Checks {
  private Checks() {}

  static void learningRate(String optimizer, double rate) {
    if (!(rate > 0) || !Double.isFinite(rate)) {
      throw new IllegalArgumentException(
          optimizer + ": expected a learning rate above 0, was " + rate);
    }
  }

  static void decay(String optimizer, String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(
          optimizer + ": expected " + name + " from 0 to below 1, was " + value);
    }
  }
}
