package org.lanewise.bench.compare;

import org.jspecify.annotations.Nullable;

/** A contestant's JVM ended, or never began. */
final class CrashedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  CrashedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
