package org.lanewise.bench.compare;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A JVM in which one contestant does one work when it is told to; idle in between. */
final class Fork implements Entrant {
  private final Jvm jvm;
  private final String version;

  /**
   * Starts the JVM and waits until the task is open.
   *
   * @param log the file for a peer's own output
   * @throws CrashedException if the JVM ends instead
   */
  Fork(Contestant contestant, Row row, Path log) {
    int threads = contestant.threads(row.threads());
    jvm =
        new Jvm(
            contestant,
            threads,
            log,
            Worker.class,
            contestant.name(),
            Integer.toString(Row.all().indexOf(row)),
            Integer.toString(threads));
    try {
      version = jvm.answer();
    } catch (CrashedException e) {
      jvm.close();
      throw e;
    }
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public float[] results() {
    try {
      Path file = Files.createTempFile("compare", ".floats");
      try {
        jvm.ask("results " + file);
        byte[] bytes = Files.readAllBytes(file);
        float[] results = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).asFloatBuffer().get(results);
        return results;
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new CrashedException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public double measure(double seconds) {
    return Double.parseDouble(jvm.ask(String.format(Locale.ROOT, "measure %f", seconds)));
  }

  @Override
  public double allocation() {
    return Double.parseDouble(jvm.ask("allocation"));
  }

  @Override
  public void close() {
    jvm.close();
  }
}
