package org.lanewise.bench.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures one row: every contestant in a JVM of its own, first held against ours by its results,
 * then round by round in turn, so that a busy neighbour slows all alike. A peer that fails is
 * dropped from the row, at whatever moment, and nobody else.
 */
final class Comparison {
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
  private final List<Contestant> contestants;
  private final Entrant.Start start;
  private final Retries retries;

  /** A comparison of contestants, ours being the first. */
  Comparison(Plan plan, List<Contestant> contestants, Entrant.Start start, Retries retries) {
    this.plan = plan;
    this.contestants = contestants;
    this.start = start;
    this.retries = retries;
  }

  /**
   * Measures a row.
   *
   * @return what was measured of each contestant, ours first, or why nothing was
   * @throws CrashedException if ours crashes
   */
  List<Measured> measure(Row row) {
    Map<Contestant, Measured> all = new LinkedHashMap<>();
    for (int fork = 0; fork < plan.forks(); fork++) {
      List<Entry> entries = new ArrayList<>();
      try {
        for (Contestant contestant : contestants) {
          Measured before = all.get(contestant);
          boolean failed = before != null && before.failed();
          if (!failed && contestant.does(row.work(), row.threads())) {
            entries.add(new Entry(contestant, row, plan.rounds(), entries.isEmpty()));
          }
        }
        run(row, entries);
        for (Entry entry : entries) {
          Measured next = entry.measured();
          all.merge(entry.contestant(), next, (before, now) -> now.after(before));
        }
      } finally {
        entries.forEach(Entry::close);
      }
    }
    return List.copyOf(all.values());
  }

  private void run(Row row, List<Entry> entries) {
    for (Entry entry : entries) {
      entry.attempt(
          () -> {
            String what = row + ", " + entry.contestant().name();
            entry.open(retries.of(what, () -> start.of(entry.contestant(), row)));
          });
    }
    float[][] ours = new float[1][];
    entries.getFirst().attempt(() -> ours[0] = entries.getFirst().entrant().results());
    entries.subList(1, entries.size()).forEach(entry -> entry.attempt(() -> entry.agree(ours[0])));
    for (Entry entry : entries) {
      // Twice, because the first time teaches how many repetitions make a round.
      double half = plan.warmUp() * entry.contestant().warmUps() / 2;
      entry.attempt(() -> entry.entrant().measure(half));
      entry.attempt(() -> entry.entrant().measure(half));
    }
    for (int round = 0; round < plan.rounds(); round++) {
      for (int i = 0; i < entries.size(); i++) {
        Entry turn = entries.get((round + i) % entries.size());
        int now = round;
        turn.attempt(() -> turn.time(now, plan.round()));
      }
    }
    entries.forEach(entry -> entry.attempt(entry::allocation));
  }
}
