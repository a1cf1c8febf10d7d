package org.lanewise.bench.compare;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A JVM in which one contestant does one work when it is told to; idle in between. */
final class Fork implements AutoCloseable {
  private final Contestant contestant;
  private final String version;
  private final Process process;
  private final BufferedWriter commands;
  private final BufferedReader answers;

  /**
   * Starts the JVM and waits until the task is open.
   *
   * @param log the file for a peer's own output
   * @throws CrashedException if the JVM ends instead
   */
  Fork(Contestant contestant, Row row, Path log) {
    this.contestant = contestant;
    int threads = contestant.threads(row.threads());
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--add-modules=jdk.incubator.vector");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-Dlanewise.threads=" + threads);
    command.add("-Dstdout.encoding=UTF-8");
    command.add("-Dsun.jnu.encoding=UTF-8");
    command.add("-XX:ErrorFile=" + log.resolveSibling("crash-%p.log"));
    command.add(Worker.class.getName());
    command.add(contestant.name());
    command.add(Integer.toString(Row.all().indexOf(row)));
    command.add(Integer.toString(threads));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(Redirect.appendTo(log.toFile()));
    // Not an argument: ONNX Runtime 1.29 crashes in a process whose command line is that long.
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    NativeSettings.clear(builder.environment());
    builder.environment().putAll(contestant.environment(threads));
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new CrashedException(contestant.name() + " did not start: " + e.getMessage(), e);
    }
    commands = process.outputWriter(StandardCharsets.UTF_8);
    answers = process.inputReader(StandardCharsets.UTF_8);
    version = answer();
  }

  Contestant contestant() {
    return contestant;
  }

  String version() {
    return version;
  }

  /** The results that the task is compared by. */
  float[] results() {
    try {
      Path file = Files.createTempFile("compare", ".floats");
      try {
        ask("results " + file);
        byte[] bytes = Files.readAllBytes(file);
        float[] results = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).asFloatBuffer().get(results);
        return results;
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new CrashedException(contestant.name() + ": " + e.getMessage(), e);
    }
  }

  /** Repeats the task for some seconds; the nanoseconds of one repetition. */
  double measure(double seconds) {
    return Double.parseDouble(ask(String.format(Locale.ROOT, "measure %f", seconds)));
  }

  /** The bytes that one repetition allocates on the heap. */
  double allocation() {
    return Double.parseDouble(ask("allocation"));
  }

  private String ask(String command) {
    try {
      commands.write(command);
      commands.newLine();
      commands.flush();
    } catch (IOException e) {
      throw new CrashedException(contestant.name() + " is gone: " + e.getMessage(), e);
    }
    return answer();
  }

  private String answer() {
    try {
      for (String line = answers.readLine(); line != null; line = answers.readLine()) {
        if (line.startsWith(Worker.ANSWER)) {
          return line.substring(Worker.ANSWER.length());
        }
      }
    } catch (IOException e) {
      throw new CrashedException(contestant.name() + " is gone: " + e.getMessage(), e);
    }
    throw new CrashedException(contestant.name() + " ended before it answered", null);
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
