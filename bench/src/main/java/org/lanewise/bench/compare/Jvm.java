package org.lanewise.bench.compare;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM for one contestant, which takes lines and gives answers. */
final class Jvm implements AutoCloseable {
  private final Process process;
  private final BufferedWriter lines;
  private final BufferedReader answers;

  /**
   * Starts the JVM.
   *
   * @param log the file for a peer's own output
   * @param main the class to run, which answers by {@link Answers}
   * @param arguments its arguments
   * @throws CrashedException if there is no process
   */
  Jvm(Contestant contestant, int threads, Path log, Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--add-modules=jdk.incubator.vector");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-Dlanewise.threads=" + threads);
    command.add("-Dstdout.encoding=UTF-8");
    command.add("-Dsun.jnu.encoding=UTF-8");
    command.add("-XX:ErrorFile=" + log.resolveSibling("crash-%p.log"));
    int last = command.size();
    command.add(main.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(Redirect.appendTo(log.toFile()));
    // Not an argument: ONNX Runtime 1.29 crashes in a process whose command line is that long.
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    NativeSettings.clear(builder.environment());
    builder.environment().putAll(contestant.environment(threads));
    try {
      command.add(last, SinceStart.option());
      process = builder.start();
    } catch (IOException e) {
      throw new CrashedException("did not start: " + e.getMessage(), e);
    }
    lines = process.outputWriter(StandardCharsets.UTF_8);
    answers = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Says a line and waits for its answer. */
  String ask(String line) {
    try {
      lines.write(line);
      lines.newLine();
      lines.flush();
    } catch (IOException e) {
      throw new CrashedException("is gone: " + e.getMessage(), e);
    }
    return answer();
  }

  /**
   * Waits for an answer.
   *
   * @throws CrashedException if the JVM tells a failure instead, or ends
   */
  String answer() {
    try {
      for (String line = answers.readLine(); line != null; line = answers.readLine()) {
        if (line.startsWith(Answers.GOOD)) {
          return line.substring(Answers.GOOD.length());
        }
        if (line.startsWith(Answers.FAILURE)) {
          throw new CrashedException(line.substring(Answers.FAILURE.length()), null);
        }
      }
      throw new CrashedException("ended with exit code " + process.waitFor(), null);
    } catch (IOException e) {
      throw new CrashedException("is gone: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CrashedException("was waited for no longer", e);
    }
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
