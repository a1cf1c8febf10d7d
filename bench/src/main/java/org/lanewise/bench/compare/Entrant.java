package org.lanewise.bench.compare;

/** A contestant that has a row's work open, wherever it runs; every part of it may crash. */
interface Entrant extends AutoCloseable {
  /** Gets contestants ready. */
  @FunctionalInterface
  interface Start {
    /**
     * Opens a row's work.
     *
     * @throws CrashedException if the contestant fails
     */
    Entrant of(Contestant contestant, Row row);
  }

  /** What tells how it computes. */
  String version();

  /** The results that the task is compared by. */
  float[] results();

  /** Repeats the task for some seconds; the nanoseconds of one repetition. */
  double measure(double seconds);

  /** The bytes that one repetition allocates on the heap. */
  double allocation();

  @Override
  void close();
}
