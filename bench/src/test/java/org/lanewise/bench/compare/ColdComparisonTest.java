package org.lanewise.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ColdComparisonTest {
  private static final Retries RETRIES =
      new Retries(
          Path.of("log"),
          new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));

  private final List<String> started = new ArrayList<>();

  private record Named(String name) implements Unopened {
    @Override
    public boolean does(Work work, int threads) {
      return !name.equals("unable") && threads == 1;
    }
  }

  /** A run takes as long as there were runs before it; some fail, from a number of steps on. */
  private ColdRuns run(Contestant contestant, int steps, int failingFrom) {
    started.add(contestant.name() + " " + steps);
    if (contestant.name().equals("failing") && steps >= failingFrom) {
      throw new CrashedException("no library\nno second line", null);
    }
    ColdTimes times = new ColdTimes(new double[] {started.size()}, 0);
    return new ColdRuns(contestant.name(), "1", List.of(times), "");
  }

  private List<ColdRuns> measure(int failingFrom, String... names) {
    List<Contestant> contestants = new ArrayList<>();
    for (String name : names) {
      contestants.add(new Named(name));
    }
    return new ColdComparison(
            new ColdComparison.Plan(3, 100),
            (contestant, table, steps) -> run(contestant, steps, failingFrom),
            RETRIES)
        .measure(ColdTable.TRAINING, contestants);
  }

  @Test
  void contestantsTakeTurnsAfterAStepThatIsNotCounted() {
    List<ColdRuns> runs = measure(0, "ours", "unable", "peer");
    assertThat(started)
        .containsExactly(
            "ours 1",
            "peer 1",
            "ours 100",
            "peer 100",
            "peer 100",
            "ours 100",
            "ours 100",
            "peer 100");
    assertThat(runs).extracting(ColdRuns::name).containsExactly("ours", "peer");
    assertThat(runs).allMatch(run -> run.times().size() == 3);
    assertThat(runs.getFirst().medians().ends()).containsExactly(6);
  }

  @Test
  void whoFailsIsDroppedAlone() {
    for (int failingFrom : new int[] {1, 100}) {
      List<ColdRuns> runs = measure(failingFrom, "failing", "peer");
      assertThat(runs).extracting(ColdRuns::failure).containsExactly("no library", "");
      assertThat(runs.get(1).times()).hasSize(3);
    }
  }
}
