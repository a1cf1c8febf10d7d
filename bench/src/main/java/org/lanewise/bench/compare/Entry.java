package org.lanewise.bench.compare;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One contestant's part in a row: what is measured of it, or how it failed. */
final class Entry {
  private static final int SHOWN = 5;

  private final Contestant contestant;
  private final Row row;
  private final boolean ours;
  private final double[] times;
  private @Nullable Entrant entrant;
  private double difference;
  private double allocation;
  private @Nullable String failure;

  /** An entry for so many rounds; without ours there is nothing to compare with. */
  Entry(Contestant contestant, Row row, int rounds, boolean ours) {
    this.contestant = contestant;
    this.row = row;
    this.ours = ours;
    times = new double[rounds];
  }

  Contestant contestant() {
    return contestant;
  }

  /** Does a part of the row unless an earlier part failed; a failure drops this peer alone. */
  void attempt(Runnable part) {
    if (failure != null) {
      return;
    }
    try {
      part.run();
    } catch (CrashedException | DisagreementException e) {
      if (ours) {
        throw e;
      }
      failure = Answers.firstLine(String.valueOf(e.getMessage()));
      close();
    }
  }

  void open(Entrant opened) {
    entrant = opened;
  }

  Entrant entrant() {
    return Objects.requireNonNull(entrant, "the contestant is not open");
  }

  /** Holds the results against ours. */
  void agree(float[] expected) {
    float[] theirs = entrant().results();
    if (!contestant.hasResults()) {
      return;
    }
    difference = Results.difference(expected, theirs);
    if (!(difference <= row.work().tolerance())) {
      throw new DisagreementException(
          "the results are "
              + difference
              + " from ours, expected at most "
              + row.work().tolerance()
              + "; ours begin "
              + beginning(expected)
              + ", theirs "
              + beginning(theirs));
    }
  }

  private static String beginning(float[] results) {
    return Arrays.toString(Arrays.copyOf(results, Math.min(SHOWN, results.length)));
  }

  void time(int round, double seconds) {
    times[round] = entrant().measure(seconds);
  }

  void allocation() {
    allocation = entrant().allocation();
  }

  Measured measured() {
    return failure == null
        ? new Measured(contestant.name(), entrant().version(), times, difference, allocation)
        : Measured.failed(contestant.name(), failure);
  }

  void close() {
    if (entrant != null) {
      entrant.close();
    }
  }
}
