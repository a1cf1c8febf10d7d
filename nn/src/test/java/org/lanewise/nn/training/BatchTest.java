package org.lanewise.nn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lanewise.nn.training.Batch.Kind;

final class BatchTest {
  @Test
  void stepsTakeSeveralBatches() {
    assertThat(Batch.plan(12, 4, 2))
        .containsExactly(
            new Batch(0, new Kind(4, false), 0, 0.5),
            new Batch(4, new Kind(4, true), 1, 0.5),
            new Batch(8, new Kind(4, true), 0, 1));
  }

  @Test
  void aBatchSharesByItsExamples() {
    assertThat(Batch.plan(10, 4, 3))
        .containsExactly(
            new Batch(0, new Kind(4, false), 0, 0.4),
            new Batch(4, new Kind(4, false), 1, 0.4),
            new Batch(8, new Kind(2, true), 2, 0.2));
  }

  @Test
  void everyExampleIsInOneBatchAndSharesAddUp() {
    for (int examples = 1; examples <= 30; examples++) {
      for (int size = 1; size <= 8; size++) {
        for (int batchesOfStep = 1; batchesOfStep <= 4; batchesOfStep++) {
          List<Batch> plan = Batch.plan(examples, size, batchesOfStep);
          int next = 0;
          double share = 0;
          for (Batch batch : plan) {
            assertThat(batch.start()).isEqualTo(next);
            assertThat(batch.kind().size()).isPositive();
            next += batch.kind().size();
            share += batch.share();
            if (batch.kind().last()) {
              assertThat(share).isCloseTo(1, within(1e-12));
              share = 0;
            }
          }
          assertThat(next).isEqualTo(examples);
          assertThat(plan.getLast().kind().last()).isTrue();
        }
      }
    }
  }
}
