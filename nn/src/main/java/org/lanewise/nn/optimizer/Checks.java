package org.lanewise.nn.optimizer;

/** Checks of what optimizers are given. */
final class Checks {
  private Checks() {}

  static void learningRate(String optimizer, double rate) {
    positive(optimizer, "a learning rate", rate);
  }

  static void positive(String optimizer, String name, double value) {
    // What is computed with is the number as a float.
    if (!((float) value > 0) || !Float.isFinite((float) value)) {
      throw new IllegalArgumentException(
          optimizer + ": expected " + name + " above 0 and finite as a float, was " + value);
    }
  }

  static void decay(String optimizer, String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(
          optimizer + ": expected " + name + " from 0 to below 1, was " + value);
    }
  }
}
