package org.lanewise.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a main class of the tests in another JVM, for what a JVM can choose only once. */
public final class ForkedJvm {
  private ForkedJvm() {}

  /**
   * What {@code main} printed to the standard output, without surrounding white space.
   *
   * @param options options of the JVM, such as system properties
   * @throws AssertionError if it ends with another code than 0
   */
  public static String outputOf(Class<?> main, List<String> options, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--add-modules", "jdk.incubator.vector", "-cp", System.getProperty("java.class.path")));
    command.addAll(options);
    command.add(main.getName());
    command.addAll(List.of(arguments));
    try {
      // The JVM's own warnings go to either stream; the errors of a failing child belong to this
      // build's log.
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      int code = process.waitFor();
      if (code != 0) {
        throw new AssertionError("exit code " + code + " of " + command + "\n" + output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while running " + command, e);
    }
  }
}
