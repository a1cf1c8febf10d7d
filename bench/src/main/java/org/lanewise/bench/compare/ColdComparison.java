package org.lanewise.bench.compare;

import java.util.ArrayList;
import java.util.List;

/**
 * Times first repetitions: every run in a JVM of its own, the contestants in turn. Nobody's results
 * are held against ours here, as the same works are rows of the comparison. Who fails is dropped.
 */
final class ColdComparison {
  /**
   * How much.
   *
   * @param runs the runs of each contestant
   * @param steps the most steps of a run
   */
  record Plan(int runs, int steps) {}

  /** Runs a contestant once. */
  @FunctionalInterface
  interface Runner {
    /**
     * The run, up to so many steps.
     *
     * @throws CrashedException if the contestant fails
     */
    ColdRuns run(Contestant contestant, ColdTable table, int steps);
  }

  private final Plan plan;
  private final Runner runner;
  private final Retries retries;

  ColdComparison(Plan plan, Runner runner, Retries retries) {
    this.plan = plan;
    this.runner = runner;
    this.retries = retries;
  }

  /** A run in a JVM of its own. */
  static ColdRuns fork(Contestant contestant, ColdTable table, int steps, Retries retries) {
    try (Jvm jvm =
        new Jvm(
            contestant,
            1,
            retries.log(),
            ColdWorker.class,
            contestant.name(),
            table.name(),
            Integer.toString(steps))) {
      ColdTimes times = ColdTimes.parse(jvm.answer());
      return new ColdRuns(contestant.name(), jvm.answer(), List.of(times), "");
    }
  }

  /** The runs of all who do a table's work. */
  List<ColdRuns> measure(ColdTable table, List<Contestant> all) {
    List<Contestant> contestants = table.contestants(all);
    List<ColdRuns> runs = new ArrayList<>();
    for (Contestant contestant : contestants) {
      // One step that is not counted: libraries unpack themselves the first time.
      ColdRuns first = once(contestant, table, 1);
      runs.add(first.failed() ? first : ColdRuns.none(contestant.name()));
    }
    for (int run = 0; run < plan.runs(); run++) {
      for (int i = 0; i < contestants.size(); i++) {
        int turn = (run + i) % contestants.size();
        ColdRuns before = runs.get(turn);
        if (!before.failed()) {
          runs.set(turn, before.and(once(contestants.get(turn), table, plan.steps())));
        }
      }
    }
    return runs;
  }

  private ColdRuns once(Contestant contestant, ColdTable table, int steps) {
    try {
      return retries.of(
          table + ", " + contestant.name(), () -> runner.run(contestant, table, steps));
    } catch (CrashedException e) {
      String reason = Answers.firstLine(String.valueOf(e.getMessage()));
      return new ColdRuns(contestant.name(), "", List.of(), reason);
    }
  }
}
