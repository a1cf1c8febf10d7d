package org.lanewise.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.engine.ForkedJvm;

/** The bits of every operation, whatever the lanes, the threads and the state of the compiler. */
class SameBitsTest {
  /** Elements of the largest sample, those that share the work among threads apart. */
  private static final int LARGEST = 300;

  private static final String OFF = "-Dlanewise.vectors=off";

  private static final String AT_ONCE = "-Dlanewise.vectors=at-once";

  /** The bits of plain loops on one thread, a line for each sample. */
  private static final List<String> EXPECTED = bits(List.of(OFF), 128, 1, LARGEST, true);

  @ParameterizedTest
  @CsvSource({"128, 2", "128, 1", "256, 1", "512, 3"})
  void neitherLanesNorThreadsChangeThem(int bits, int threads) {
    assertThat(EXPECTED).hasSizeGreaterThan(400);
    assertThat(bits(List.of(AT_ONCE), bits, threads, LARGEST, true)).isEqualTo(EXPECTED);
  }

  @Test
  void plainLoopsOnSeveralThreadsHaveThem() {
    assertThat(bits(List.of(OFF), 128, 3, LARGEST, true)).isEqualTo(EXPECTED);
  }

  @Test
  void theInterpreterHasThem() {
    List<String> interpreted = bits(List.of("-Xint", AT_ONCE), 256, 1, 20, false);

    assertThat(interpreted).hasSizeGreaterThan(200);
    assertThat(EXPECTED).containsAll(interpreted);
  }

  /** The compiler works in the foreground, so that the later calls run what it made. */
  @ParameterizedTest
  @ValueSource(strings = {OFF, AT_ONCE})
  void warmCallsHaveThoseOfTheFirst(String vectors) {
    String output = ForkedJvm.outputOf(ColdAndWarm.class, List.of("-Xbatch", vectors), "20000");

    assertThat(output).doesNotContain("changed");
    assertThat(output).endsWith("tried " + OperationSamples.representatives().size());
  }

  private static List<String> bits(
      List<String> options, int bits, int threads, int largest, boolean parallel) {
    List<String> all = new ArrayList<>(options);
    all.add("-Dlanewise.vectorBits=" + bits);
    all.add("-Dlanewise.threads=" + threads);
    return ForkedJvm.outputOf(
            OperationBits.class, all, String.valueOf(largest), String.valueOf(parallel))
        .lines()
        .filter(line -> line.contains(" of ["))
        .toList();
  }
}
