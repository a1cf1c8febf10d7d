package org.lanewise.engine.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lanewise.engine.ForkedJvm;

/** Programs against the eager kernels, which hold themselves against the reference interpreter. */
class GeneratedProgramTest {
  private static final int RUNS = 2;
  private static final long FIRST = 20_261_122;
  private static final int PROGRAMS = 200;
  private static final int FORKED = 8;

  @Test
  void programsHaveTheBitsOfTheEagerKernels() {
    List<Long> failed = new ArrayList<>();
    for (long seed = FIRST; seed < FIRST + PROGRAMS; seed++) {
      if (!GeneratedProgram.of(seed)
          .programBits(RUNS)
          .equals(GeneratedProgram.of(seed).eagerBits(RUNS))) {
        failed.add(seed);
      }
    }
    assertThat(failed).as("seeds").isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "tiles, 256, 1",
    "tiles, 128, 3",
    "assembled, 128, 2",
    "assembled, 256, 1",
    "assembled, 512, 1"
  })
  void neitherTierNorLanesNorThreadsChangeThem(String tier, int bits, int threads) {
    List<String> expected = new ArrayList<>();
    for (long seed = FIRST; seed < FIRST + FORKED; seed++) {
      expected.add(seed + " " + GeneratedProgram.of(seed).eagerBits(RUNS));
    }
    String output =
        ForkedJvm.outputOf(
            GeneratedProgram.class,
            List.of(
                "-Dlanewise.loops=" + tier,
                "-Dlanewise.vectorBits=" + bits,
                "-Dlanewise.threads=" + threads),
            String.valueOf(FIRST),
            String.valueOf(FORKED));

    assertThat(output.lines().toList()).isEqualTo(expected);
  }
}
