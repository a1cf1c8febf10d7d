package org.lanewise.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ColdReportTest {
  private static ColdRuns runs(String name, double slowest, double... ends) {
    return new ColdRuns(name, "1.0", List.of(new ColdTimes(ends, slowest)), "");
  }

  private static final ColdRuns FAILED = new ColdRuns("peer", "", List.of(), "no library");

  @Test
  void trainingHasALineAContestant() {
    ColdTable table = ColdTable.TRAINING;
    assertThat(
            ColdReport.table(
                table,
                table.marks(1000),
                List.of(runs("ours", 3, 450.4, 500, 600.6, 1813), FAILED)))
        .isEqualTo(
            """
            | ms from the start of the JVM to the end of training step | 1 | 10 | 100 | 1,000 |
            | --- | ---: | ---: | ---: | ---: |
            | ours | 450 | 500 | 601 | 1,813 |
            | peer | failed |  |  |  |
            """);
  }

  @Test
  void predictionsHaveTheirSlowest() {
    ColdTable table = ColdTable.PREDICTION;
    assertThat(
            ColdReport.table(
                table,
                table.marks(10_000),
                List.of(runs("ours", 0.5, 0.1234, 1, 12.34, 99.96, 1234.5))))
        .isEqualTo(
            """
            | ms from the creation of a predictor to the end of prediction | 1 | 2 | 10 | 100 |\
             1,000 | slowest of 11 to 1,000 |
            | --- | ---: | ---: | ---: | ---: | ---: | ---: |
            | ours | 0.123 | 1.00 | 12.3 | 100 | 1,235 | 0.500 |
            """);
  }

  @Test
  void whereThereIsNoSlowestItsCellIsEmpty() {
    ColdTable table = ColdTable.PREDICTION;
    assertThat(ColdReport.table(table, table.marks(1), List.of(runs("ours", Double.NaN, 5))))
        .endsWith("| ours | 5.00 |  |\n");
  }

  @Test
  void belowStandsTheVersionOrTheFailure() {
    assertThat(ColdReport.below(ColdTable.PREDICTION, runs("ours", 1, 1))).isEqualTo("ours: 1.0");
    assertThat(ColdReport.below(ColdTable.PREDICTION, FAILED))
        .isEqualTo("peer failed, cold prediction 784-300-100-10, batch 1: no library");
  }
}
