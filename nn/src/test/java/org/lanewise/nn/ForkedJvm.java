package org.lanewise.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A main class of the tests in another JVM, for what a JVM can choose only once. */
public final class ForkedJvm {
  private final List<String> command = new ArrayList<>();
  private final Process process;

  /** Starts it with the class path of this JVM and with options, such as system properties. */
  public ForkedJvm(Class<?> main, String... options) throws IOException {
    this(main, List.of(), options);
  }

  /** Starts it with arguments too. */
  public ForkedJvm(Class<?> main, List<String> arguments, String... options) throws IOException {
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(options));
    command.add(main.getName());
    command.addAll(arguments);
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** What it printed, without surrounding white space, when it has ended without a failure. */
  public String output() throws IOException, InterruptedException {
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s%n%s", command, output).isZero();
    return output.strip();
  }

  /** The next line that it prints, waited for. */
  public String line() throws IOException {
    return process.inputReader().readLine();
  }

  /** Ends it at once, as a user who has lost patience does. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
