package org.lanewise.bench.compare;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The clock of a JVM that began before it did: when its parent started the process. */
final class SinceStart {
  private static final String PROPERTY = "lanewise.compare.start";

  private final long origin;

  /** Of a start as {@link #option} hands it over, in nanoseconds since 1970. */
  SinceStart(long start) {
    origin = System.nanoTime() - (wall() - start);
  }

  /** The clock of this JVM. */
  static SinceStart ofThisJvm() {
    return new SinceStart(Long.getLong(PROPERTY, wall()));
  }

  /** The option that tells a JVM that it starts now. */
  static String option() {
    return "-D" + PROPERTY + "=" + wall();
  }

  /** Wall time, because two processes have no other clock in common. */
  static long wall() {
    return ChronoUnit.NANOS.between(Instant.EPOCH, Instant.now());
  }

  double milliseconds() {
    return (System.nanoTime() - origin) / 1e6;
  }
}
