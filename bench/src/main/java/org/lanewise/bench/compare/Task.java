package org.lanewise.bench.compare;

/** A work as one contestant does it, ready to be repeated. */
public interface Task {
  /** Does the work once. */
  void run();

  /**
   * The results that contestants are compared by; asked for once, before anything is timed.
   *
   * @return the results
   */
  float[] results();
}
