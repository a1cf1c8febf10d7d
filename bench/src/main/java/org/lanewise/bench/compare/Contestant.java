package org.lanewise.bench.compare;

import java.util.Map;
import java.util.function.Supplier;

/**
 * One who can do works: ours or a peer. Peers are found as services, by their class names.
 *
 * <p>The comparison itself asks for the name and what the contestant does; everything else happens
 * in a JVM of the contestant's own, so that no native library is loaded beside another.
 */
public interface Contestant {
  /**
   * The name in tables.
   *
   * @return the name
   */
  String name();

  /**
   * Whether it can do a work.
   *
   * @param work the work
   * @param threads the threads of the row
   * @return true if {@link #open} takes it
   */
  boolean does(Work work, int threads);

  /**
   * Whether it computes what ours computes; a yardstick need not.
   *
   * @return true if its results are to agree with ours
   */
  default boolean hasResults() {
    return true;
  }

  /**
   * The environment variables of its JVM.
   *
   * @param threads the threads it may compute with
   * @return the variables
   */
  default Map<String, String> environment(int threads) {
    return Map.of();
  }

  /**
   * The threads it computes with when ours has some.
   *
   * @param threads the threads of the row
   * @return the threads
   */
  default int threads(int threads) {
    return threads;
  }

  /**
   * How many times the warm-up of native code it needs: what a JIT compiler has to compile first
   * needs more.
   *
   * @return the factor
   */
  default int warmUps() {
    return 1;
  }

  /**
   * Gets ready for a work.
   *
   * @param work a work that it does
   * @param threads the threads to compute with
   * @return the task
   */
  Task open(Work work, int threads);

  /**
   * Gets the data of a work ready, and what it computes with loaded, so that the time of the rest
   * can be told apart; by default, all of it is the rest.
   *
   * @param work a work that it does
   * @param threads the threads to compute with
   * @return what creates the task
   */
  default Supplier<Task> prepare(Work work, int threads) {
    return () -> open(work, threads);
  }

  /**
   * The version and what else tells how it computes, known once a task is open.
   *
   * @return one line
   */
  String version();
}
