package org.lanewise.bench.compare;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Tries again what crashed: loading the binding of libtorch ends the JVM now and then.
 *
 * @param log the file that has a crash's own words
 * @param err the stream that crashes are reported to
 */
record Retries(Path log, PrintStream err) {
  private static final int TRIES = 3;

  /**
   * What succeeds at one of the tries.
   *
   * @param what what is tried, for the report
   * @throws CrashedException if all crash
   */
  <T> T of(String what, Supplier<T> tried) {
    for (int i = 1; ; i++) {
      try {
        return tried.get();
      } catch (CrashedException e) {
        err.println(what + ": " + e.getMessage() + " (try " + i + ", see " + log + ")");
        if (i == TRIES) {
          throw e;
        }
      }
    }
  }
}
