package org.lanewise.bench.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ProgressReportTest {
  private static final long SECOND = 1_000_000_000;
  private static final OptionalInt PLAIN = OptionalInt.empty();

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Locale locale = Locale.getDefault();
  // Close to the end of the clock's range: it may wrap.
  private long now = Long.MAX_VALUE - 3 * SECOND;

  @AfterEach
  void restoreLocale() {
    Locale.setDefault(locale);
  }

  @Test
  void plainOutputIsALineAnEpoch() {
    ProgressReport report = report(PLAIN, 10, 3000);
    twoSteps(report);
    now += SECOND;
    report.endEpoch(0.75);
    ProgressReport.testAccuracy(new PrintStream(bytes, false, StandardCharsets.US_ASCII), 0.87654);
    assertThat(lines())
        .containsExactly(
            "epoch  1/10  loss 1.0000  accuracy 0.3000  validation accuracy 0.7500"
                + "  1,500 examples/s  3.0 s",
            "test accuracy: 0.8765");
  }

  @Test
  void numbersDoNotDependOnTheLocale() {
    Locale.setDefault(Locale.GERMANY);
    plainOutputIsALineAnEpoch();
  }

  @Test
  void metersStartAgainEveryEpoch() {
    ProgressReport report = report(PLAIN, 2, 3000);
    twoSteps(report);
    report.endEpoch(0.5);
    report.startEpoch();
    now += SECOND;
    report.step(3000, 0.5, 0.9);
    report.endEpoch(0.8);
    assertThat(lines().get(1))
        .isEqualTo(
            "epoch 2/2  loss 0.5000  accuracy 0.9000  validation accuracy 0.8000"
                + "  3,000 examples/s  1.0 s");
  }

  @Test
  void terminalRedrawsOneLine() {
    ProgressReport report = report(OptionalInt.of(120), 10, 3000);
    twoSteps(report);
    now += SECOND;
    report.endEpoch(0.75);
    List<String> drawn = drawn();
    assertThat(drawn)
        .hasSize(3)
        .startsWith(
            "epoch  1/10  [==========                    ]"
                + "  loss 2.0000  accuracy 0.1000  0:29 left  1,000 examples/s",
            "epoch  1/10  [==============================]"
                + "  loss 1.0000  accuracy 0.3000  0:18 left  1,500 examples/s");
    assertThat(drawn.getLast())
        .startsWith("epoch  1/10  loss 1.0000  accuracy 0.3000  validation accuracy 0.7500")
        .endsWith("\n");
  }

  @Test
  void aShorterLineCoversTheOneBefore() {
    ProgressReport report = report(OptionalInt.of(120), 1, 1000);
    report.startEpoch();
    now += SECOND;
    report.step(500, 12345.6789, 0);
    now += SECOND;
    report.step(1000, 0.8395, 0);
    List<String> drawn = drawn();
    assertThat(drawn.get(1).length()).isEqualTo(drawn.get(0).length());
    assertThat(drawn.get(1)).contains("loss 0.8395").endsWith("examples/s    ");
  }

  @Test
  void fastStepsAreNotAllDrawn() {
    ProgressReport report = report(OptionalInt.of(80), 1, 1000);
    report.startEpoch();
    for (int i = 0; i < 1000; i++) {
      now += SECOND / 1000;
      report.step(i + 1, 1, 0);
    }
    // One second: the first step and every tenth of a second after it.
    assertThat(drawn()).hasSize(10);
  }

  @Test
  void noLineReachesTheEdgeOfANarrowTerminal() {
    for (int columns = 1; columns < 120; columns++) {
      bytes.reset();
      ProgressReport report = report(OptionalInt.of(columns), 10, 3000);
      twoSteps(report);
      for (String line : drawn()) {
        assertThat(line.length()).as("%d columns", columns).isLessThan(Math.max(2, columns));
      }
    }
    bytes.reset();
    twoSteps(report(OptionalInt.of(40), 10, 3000));
    assertThat(drawn().getFirst()).isEqualTo("epoch  1/10  loss 2.0000");
    bytes.reset();
    twoSteps(report(OptionalInt.of(44), 10, 3000));
    assertThat(drawn().getFirst()).isEqualTo("epoch  1/10  loss 2.0000  accuracy 0.1000");
  }

  @Test
  void longJobsShowHours() {
    ProgressReport report = report(OptionalInt.of(120), 100, 1000);
    report.startEpoch();
    now += 100 * SECOND;
    report.step(1000, 1, 0);
    assertThat(drawn().getFirst()).contains("  2:45:00 left  10 examples/s");
  }

  @Test
  void aClockThatStandsStillDoesNotHurt() {
    ProgressReport report = report(OptionalInt.of(120), 1, 10);
    report.startEpoch();
    report.step(10, Double.NaN, 1);
    report.endEpoch(1);
    assertThat(drawn().getFirst()).contains("loss NaN", "0:00 left", "0 examples/s");
  }

  /** An epoch of 3000 examples in two steps of a second: means 1.0 and 0.3. */
  private void twoSteps(ProgressReport report) {
    report.startEpoch();
    now += SECOND;
    report.step(1000, 2, 0.1);
    now += SECOND;
    report.step(3000, 1, 0.3);
  }

  private ProgressReport report(OptionalInt columns, int epochs, int examples) {
    PrintStream out = new PrintStream(bytes, false, StandardCharsets.US_ASCII);
    return new ProgressReport(out, columns, () -> now, epochs, examples);
  }

  private List<String> lines() {
    return text().lines().toList();
  }

  /** What follows each carriage return. */
  private List<String> drawn() {
    assertThat(text()).startsWith("\r");
    return List.of(text().substring(1).split("\r", -1));
  }

  private String text() {
    return bytes.toString(StandardCharsets.US_ASCII);
  }
}
