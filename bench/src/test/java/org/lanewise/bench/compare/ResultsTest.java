package org.lanewise.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ResultsTest {
  @Test
  void differenceIsAShareOfTheLargestOfOurs() {
    assertThat(Results.difference(new float[] {1, -4}, new float[] {1.5f, -4}))
        .isCloseTo(0.125, within(1e-12));
  }

  @Test
  void equalResultsDoNotDiffer() {
    assertThat(Results.difference(new float[] {0, 0}, new float[] {0, 0})).isZero();
  }

  @Test
  void nothingAgreesWithNaN() {
    assertThat(Results.difference(new float[] {1, Float.NaN}, new float[] {1, Float.NaN}))
        .isInfinite();
  }

  @Test
  void resultsOfAnotherNumberDoNotAgree() {
    assertThat(Results.difference(new float[] {1}, new float[] {1, 1})).isInfinite();
  }

  @Test
  void differenceFromZerosIsInfinite() {
    assertThat(Results.difference(new float[] {0}, new float[] {1})).isInfinite();
  }

  @Test
  void concatenatesInOrder() {
    assertThat(Results.concatenate(List.of(new float[] {1, 2}, new float[] {3})))
        .containsExactly(1, 2, 3);
  }

  @Test
  void stepsGiveTheLossesOfTheFirstSteps() {
    float[] next = {0};
    Task task = Results.ofSteps(() -> next[0]++);
    assertThat(task.results()).containsExactly(0, 1, 2, 3, 4);
    task.run();
    assertThat(next[0]).isEqualTo(6);
  }
}
