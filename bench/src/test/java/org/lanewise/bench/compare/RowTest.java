package org.lanewise.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RowTest {
  @Test
  void namesDiffer() {
    assertThat(Row.all()).extracting(Row::toString).doesNotHaveDuplicates();
  }

  static List<Row> rows() {
    return Row.all();
  }

  /** Ours opens and repeats every work, and gives the same results whenever it starts anew. */
  @ParameterizedTest
  @MethodSource("rows")
  void oursDoesEveryWork(Row row) {
    assumeThat(heavy(row.work())).as("takes seconds").isFalse();
    Contestant ours = Contestants.all().getFirst();
    assertThat(ours.does(row.work(), row.threads())).isTrue();
    Task task = ours.open(row.work(), row.threads());
    float[] results = task.results();
    task.run();
    assertThat(results).isNotEmpty();
    assertThat(Results.difference(results, ours.open(row.work(), 1).results())).isZero();
  }

  /** What would take seconds under test is done by the comparison itself. */
  private static boolean heavy(Work work) {
    return switch (work) {
      case MatrixProductWork product -> product.flops() > 1e8;
      case TrainingWork training -> training.batch() * training.layers()[1] > 20_000;
      case NormalizationWork normalization -> normalization.rows() > 100;
      case AdamWork adam -> adam.parameters() > 1_000_000;
      case FunctionWork function -> false;
      case PredictionWork prediction -> false;
    };
  }
}
