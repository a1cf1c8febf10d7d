package org.lanewise.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ColdTimesTest {
  private int done;

  /** A clock on which repetition i takes i milliseconds, and number 12 a hundred. */
  private double now() {
    return done * (done + 1) / 2.0 + (done >= 12 ? 88 : 0);
  }

  private ColdTimes until(int... marks) {
    done = 0;
    return ColdTimes.of(() -> done++, marks, this::now);
  }

  @Test
  void repeatsUpToTheLastMarkAndTimesTheEnds() {
    assertThat(until(1, 2, 10).ends()).containsExactly(1, 3, 55);
    assertThat(done).isEqualTo(10);
  }

  @Test
  void slowestIsOneAfterTheTenthUpToTheThousandth() {
    assertThat(until(10).slowest()).isNaN();
    assertThat(until(11).slowest()).isEqualTo(11);
    assertThat(until(20).slowest()).isEqualTo(100);
    assertThat(until(2000).slowest()).isEqualTo(1000);
  }

  @Test
  void aLineIsReadAsItWasWritten() {
    for (ColdTimes times : List.of(until(1, 2, 13), until(1))) {
      ColdTimes read = ColdTimes.parse(times.line());
      assertThat(read.ends()).containsExactly(times.ends());
      assertThat(Double.valueOf(read.slowest())).isEqualTo(Double.valueOf(times.slowest()));
    }
  }

  @Test
  void mediansAreTakenMarkByMark() {
    ColdTimes medians =
        ColdTimes.medians(
            List.of(
                new ColdTimes(new double[] {1, 50}, 3),
                new ColdTimes(new double[] {9, 20}, 1),
                new ColdTimes(new double[] {2, 30}, 7)));
    assertThat(medians.ends()).containsExactly(2, 30);
    assertThat(medians.slowest()).isEqualTo(3);
    assertThat(ColdTimes.medians(List.of(until(1), until(1))).slowest()).isNaN();
  }
}
