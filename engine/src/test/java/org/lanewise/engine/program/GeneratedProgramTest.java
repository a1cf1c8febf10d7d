package org.lanewise.engine.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lanewise.engine.ForkedJvm;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.program.ReferenceBounds.Bounds;

/** Programs against the eager kernels, bit for bit, and against the reference interpreter. */
class GeneratedProgramTest {
  private static final int RUNS = 2;
  private static final long FIRST = 20_261_122;
  private static final int PROGRAMS = 200;
  private static final int FORKED = 8;

  /** Elements of the largest value of a program that the reference interpreter computes, too. */
  private static final int LARGEST_OF_REFERENCE = 8_200;

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

  /** Bounds that left everything open would be met by anything: most must be narrow. */
  @Test
  void programsHaveTheValuesOfTheReference() {
    List<String> failed = new ArrayList<>();
    List<Double> widths = new ArrayList<>();
    for (long seed = FIRST; seed < FIRST + PROGRAMS; seed++) {
      GeneratedProgram generated = GeneratedProgram.of(seed);
      if (generated.size() <= LARGEST_OF_REFERENCE) {
        Program program = new Program(generated.results, generated.assignments);
        for (int run = 0; run < RUNS; run++) {
          ReferenceBounds reference = new ReferenceBounds();
          List<Bounds> results = generated.results.stream().map(reference::of).toList();
          List<Bounds> assigned =
              generated.assignments.stream().map(each -> reference.of(each.value())).toList();
          program.run();
          String where = "seed " + seed + ", run " + run + ", ";
          for (int i = 0; i < results.size(); i++) {
            Node result = generated.results.get(i);
            compare(where + result, program.value(result), results.get(i), failed, widths);
          }
          for (int i = 0; i < assigned.size(); i++) {
            Node input = generated.assignments.get(i).input();
            Tensor value = GeneratedProgram.tensor(input);
            compare(where + input, value, assigned.get(i), failed, widths);
          }
        }
      }
    }
    assertThat(failed).isEmpty();
    assertThat(widths).hasSizeGreaterThan(100_000);
    long narrow = widths.stream().filter(width -> width <= 1e-3).count();
    assertThat((double) narrow / widths.size()).as("share of narrow bounds").isGreaterThan(0.8);
  }

  private static void compare(
      String where, Tensor value, Bounds bounds, List<String> failed, List<Double> widths) {
    float[] y = value.toArray();
    for (int i = 0; i < y.length; i++) {
      widths.add(bounds.width(i));
      if (!bounds.contain(i, y[i])) {
        failed.add(
            String.format(
                Locale.ROOT,
                "%s: element %d is %s, not from %s to %s",
                where,
                i,
                y[i],
                bounds.low()[i],
                bounds.high()[i]));
        return;
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "off, 256, 1",
    "off, 128, 3",
    "at-once, 128, 2",
    "at-once, 256, 1",
    "at-once, 512, 1"
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
                "-Dlanewise.vectors=" + tier,
                "-Dlanewise.vectorBits=" + bits,
                "-Dlanewise.threads=" + threads),
            String.valueOf(FIRST),
            String.valueOf(FORKED));

    assertThat(output.lines().toList()).isEqualTo(expected);
  }
}
