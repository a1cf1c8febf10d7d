package org.lanewise.bench.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void runsTheJob() {
    int code =
        run((options, to) -> to.println("epochs " + options.fitting().epochs()), "--epochs", "4");
    assertThat(code).isZero();
    assertThat(text(out)).isEqualTo("epochs 4" + System.lineSeparator());
    assertThat(text(err)).isEmpty();
  }

  @Test
  void helpGoesToOutput() {
    assertThat(run(CommandTest::mustNotRun, "--help")).isZero();
    assertThat(text(out)).startsWith("Usage: train").contains("--learning-rate");
    assertThat(text(err)).isEmpty();
  }

  @Test
  void badOption() {
    assertThat(run(CommandTest::mustNotRun, "--batch", "1")).isEqualTo(2);
    assertThat(text(out)).isEmpty();
    assertThat(text(err))
        .isEqualTo("train: --batch: expected at least 2, was 1" + System.lineSeparator());
  }

  @Test
  void badData(@TempDir Path folder) {
    String missing = folder.resolve("nowhere").toString();
    int code =
        run((options, to) -> ImageData.read(options.data().orElseThrow()), "--data", missing);
    assertThat(code).isEqualTo(2);
    assertThat(text(err))
        .isEqualTo("train: " + missing + ": no such folder" + System.lineSeparator());
  }

  @Test
  void defectsAreNotHidden() {
    assertThatIllegalStateException().isThrownBy(() -> run(CommandTest::mustNotRun));
  }

  private static void mustNotRun(Options options, PrintStream to) {
    throw new IllegalStateException("run");
  }

  private int run(Command.Job job, String... arguments) {
    return Command.run(arguments, new PrintStream(out, true), new PrintStream(err, true), job);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
