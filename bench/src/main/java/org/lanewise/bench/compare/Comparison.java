package org.lanewise.bench.compare;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Measures one row: every contestant in a JVM of its own, first held against ours by its results,
 * then round by round in turn, so that a busy neighbour slows all alike.
 */
final class Comparison {
  private static final int TRIES = 3;
  private static final int SHOWN = 5;

  /**
   * How long and how often.
   *
   * @param warmUp the seconds that a contestant in native code runs before it is timed
   * @param round the seconds of a timed round, which has at least one repetition
   * @param rounds the timed rounds of each contestant in a JVM
   * @param forks how often all of it is repeated in new JVMs
   */
  record Plan(double warmUp, double round, int rounds, int forks) {}

  private final Plan plan;
  private final Path log;
  private final PrintStream err;

  /**
   * A comparison.
   *
   * @param log the file for the forks' own output
   * @param err the stream that crashes are reported to
   */
  Comparison(Plan plan, Path log, PrintStream err) {
    this.plan = plan;
    this.log = log;
    this.err = err;
  }

  /**
   * Measures a row.
   *
   * @return what was measured of each contestant, ours first
   * @throws CrashedException if a contestant crashes at every try
   * @throws DisagreementException if a peer's results are not ours
   */
  List<Measured> measure(Row row) {
    List<Measured> all = new ArrayList<>();
    for (int i = 0; i < plan.forks(); i++) {
      all = merge(all, retried(row));
    }
    return all;
  }

  private static List<Measured> merge(List<Measured> before, List<Measured> next) {
    List<Measured> merged = new ArrayList<>();
    for (int i = 0; i < next.size(); i++) {
      merged.add(before.isEmpty() ? next.get(i) : next.get(i).after(before.get(i)));
    }
    return merged;
  }

  private List<Measured> retried(Row row) {
    for (int i = 1; ; i++) {
      try {
        return forked(row);
      } catch (CrashedException e) {
        err.println(row + ": " + e.getMessage() + " (try " + i + ", see " + log + ")");
        if (i == TRIES) {
          throw e;
        }
      }
    }
  }

  private List<Measured> forked(Row row) {
    List<Fork> forks = new ArrayList<>();
    try {
      for (Contestant contestant : Contestants.all()) {
        if (contestant.does(row.work(), row.threads())) {
          forks.add(new Fork(contestant, row, log));
        }
      }
      double[] differences = agree(row, forks);
      double[][] times = times(forks);
      List<Measured> measured = new ArrayList<>();
      for (int i = 0; i < forks.size(); i++) {
        Fork fork = forks.get(i);
        measured.add(
            new Measured(
                fork.contestant().name(),
                fork.version(),
                times[i],
                differences[i],
                fork.allocation()));
      }
      return measured;
    } finally {
      forks.forEach(Fork::close);
    }
  }

  private double[][] times(List<Fork> forks) {
    for (Fork fork : forks) {
      // Twice, because the first time teaches how many repetitions make a round.
      double half = plan.warmUp() * fork.contestant().warmUps() / 2;
      fork.measure(half);
      fork.measure(half);
    }
    double[][] times = new double[forks.size()][plan.rounds()];
    for (int round = 0; round < plan.rounds(); round++) {
      for (int i = 0; i < forks.size(); i++) {
        int turn = (round + i) % forks.size();
        times[turn][round] = forks.get(turn).measure(plan.round());
      }
    }
    return times;
  }

  private static double[] agree(Row row, List<Fork> forks) {
    double[] differences = new double[forks.size()];
    float[] ours = forks.getFirst().results();
    for (int i = 1; i < forks.size(); i++) {
      float[] theirs = forks.get(i).results();
      if (forks.get(i).contestant().hasResults()) {
        differences[i] = Results.difference(ours, theirs);
        if (!(differences[i] <= row.work().tolerance())) {
          throw new DisagreementException(
              row
                  + ": the results of "
                  + forks.get(i).contestant().name()
                  + " are "
                  + differences[i]
                  + " from ours, expected at most "
                  + row.work().tolerance()
                  + "; ours begin "
                  + start(ours)
                  + ", theirs "
                  + start(theirs));
        }
      }
    }
    return differences;
  }

  private static String start(float[] results) {
    return Arrays.toString(Arrays.copyOf(results, Math.min(SHOWN, results.length)));
  }
}
