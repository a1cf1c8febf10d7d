package org.lanewise.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ReportTest {
  private static final Measured OURS =
      new Measured("Lanewise", "0", new double[] {9000, 2000, 2100}, 0, 0);
  private static final Measured PEER =
      new Measured("\"Peer\"", "1.0\n\\", new double[] {3000, 4200, 900000, 4200}, 1e-7, 0);
  private static final Outcome OUTCOME =
      new Outcome(
          new Row(new MatrixProductWork(50, 300, 784, false, false), 1),
          OURS,
          PEER,
          Optional.of(0.9));

  @Test
  void lineHasMediansAndTheirRatio() {
    assertThat(Report.line(OUTCOME))
        .isEqualTo(
            "| matrix product 50×300×784 | 1 | 2.10 µs | 4.20 µs | \"Peer\" | 2.00 | 0.90 | 1e-07"
                + " | 0 B |");
  }

  @Test
  void headHasAsManyColumnsAsLines() {
    long columns = Report.line(OUTCOME).chars().filter(c -> c == '|').count();
    assertThat(Report.head().lines())
        .hasSize(2)
        .allMatch(line -> line.chars().filter(c -> c == '|').count() == columns);
  }

  @Test
  void jsonHasOneObjectALine() {
    assertThat(Report.json(List.of(OUTCOME)))
        .isEqualTo(
            """
            [
            {"work": "matrix product 50×300×784", "threads": 1, "ours": 2100.0, "peer": 4200.0,\
             "peerName": "\\"Peer\\"", "peerVersion": "1.0\\u000a\\\\", "ratio": 2.000,\
             "ceilingShare": 0.900, "difference": 1.0e-07, "tolerance": 1e-05,\
             "allocatedBytes": 0.0, "failure": null}
            ]
            """);
  }

  @Test
  void whereThereIsNoCeilingJsonHasNull() {
    Outcome without = new Outcome(OUTCOME.row(), OURS, PEER, Optional.empty());
    assertThat(Report.json(List.of(without))).contains("\"ceilingShare\": null");
  }

  @Test
  void aPeerThatFailedIsToldInItsCellAndBelow() {
    Measured failed = Measured.failed("Peer", "no library");
    Outcome outcome = new Outcome(OUTCOME.row(), OURS, failed, Optional.empty());
    assertThat(Report.line(outcome))
        .isEqualTo("| matrix product 50×300×784 | 1 | 2.10 µs | failed | Peer |  |  |  | 0 B |");
    assertThat(Report.failure(outcome))
        .isEqualTo("Peer failed, matrix product 50×300×784: no library");
    assertThat(Report.json(List.of(outcome)))
        .contains("\"peer\": null", "\"ratio\": null", "\"failure\": \"no library\"");
  }

  @Test
  void aCeilingThatFailedIsToldLikeAPeer() {
    Measured ceiling = Measured.failed(FmaCeiling.NAME, "gone");
    assertThat(Outcome.of(OUTCOME.row(), List.of(OURS, ceiling)))
        .singleElement()
        .satisfies(
            outcome -> {
              assertThat(outcome.peer()).isEqualTo(ceiling);
              assertThat(outcome.ceilingShare()).isEmpty();
            });
  }

  @Test
  void whereThereIsNoPeerOursStandsAlone() {
    Measured ceiling = new Measured(FmaCeiling.NAME, "4200.0", new double[] {1}, 0, 0);
    assertThat(Outcome.of(OUTCOME.row(), List.of(OURS, ceiling)))
        .singleElement()
        .satisfies(outcome -> assertThat(outcome.peer()).isEqualTo(Measured.NONE));
  }

  @Test
  void shareOfTheCeilingIsTheRateOverItsRate() {
    // 2 · 50 · 300 · 784 operations in 2100 ns, against 4200 in one.
    Measured ceiling = new Measured(FmaCeiling.NAME, "4200.0", new double[] {1, 1, 1}, 0, 0);
    assertThat(Outcome.of(OUTCOME.row(), List.of(OURS, ceiling, PEER)))
        .singleElement()
        .satisfies(
            outcome -> {
              assertThat(outcome.ceilingShare()).contains(50 * 300 * 784 * 2 / 2100.0 / 4200);
              assertThat(outcome.ratio()).isEqualTo(2);
            });
  }

  @Test
  void forksAddTheirRounds() {
    Measured both = PEER.after(OURS);
    assertThat(both.times()).containsExactly(9000, 2000, 2100, 3000, 4200, 900000, 4200);
    assertThat(both.median()).isEqualTo(4200);
  }
}
