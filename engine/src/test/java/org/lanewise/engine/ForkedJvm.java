package org.lanewise.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Runs a main class of the tests in another JVM, for what a JVM can choose only once. */
public final class ForkedJvm {
  private ForkedJvm() {}

  /**
   * What a main class left behind.
   *
   * @param code its exit code
   * @param output what it printed to the standard output, without surrounding white space
   * @param errors what it printed to the standard error
   */
  public record Result(int code, String output, String errors) {}

  /**
   * What {@code main} printed to the standard output, without surrounding white space.
   *
   * @param options options of the JVM, such as system properties
   * @throws AssertionError if it ends with another code than 0
   */
  public static String outputOf(Class<?> main, List<String> options, String... arguments) {
    List<String> all = new ArrayList<>(List.of("--add-modules", "jdk.incubator.vector"));
    all.addAll(options);
    Result result = run(main, all, arguments);
    if (result.code != 0) {
      throw new AssertionError(
          String.format(
              Locale.ROOT,
              "exit code %d of %s with options %s\n%s\n%s",
              result.code,
              main,
              options,
              result.output,
              result.errors));
    }
    return result.output;
  }

  /**
   * Runs {@code main} with the class path of this JVM and no options but the given ones.
   *
   * @param options all options of the JVM; the vector module is not added
   */
  public static Result run(Class<?> main, List<String> options, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(options);
    command.add(main.getName());
    command.addAll(List.of(arguments));
    try {
      Path errors = Files.createTempFile("forked-jvm", ".err");
      try {
        Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        String output =
            new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return new Result(process.waitFor(), output, Files.readString(errors));
      } finally {
        Files.delete(errors);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while running " + command, e);
    }
  }
}
