package org.lanewise.bench.compare;

/** A contestant of a test, which nobody opens in this JVM. */
interface Unopened extends Contestant {
  @Override
  default Task open(Work work, int threads) {
    throw new AssertionError("opened by its own JVM alone");
  }

  @Override
  default String version() {
    return "1";
  }
}
