package org.lanewise.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lanewise.bench.compare.Comparison.Plan;

final class ComparisonTest {
  private static final Row ROW = new Row(MatrixProductWork.cube(16), 1);
  private static final int FORKS = 2;

  /** What a peer fails at. */
  private enum Failing {
    OPENING,
    RESULTS,
    AGREEING,
    MEASURING,
    ALLOCATION
  }

  /** One whose every round takes a time of its own. */
  private record Named(String name, double time) implements Unopened {
    @Override
    public boolean does(Work work, int threads) {
      return true;
    }
  }

  private static final Contestant OURS = new Named("ours", 10);
  private static final Contestant PEER = new Named("peer", 20);
  private static final Contestant OTHER = new Named("other", 30);

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final List<String> started = new ArrayList<>();
  private int open;

  private List<Measured> measure(Map<Contestant, Failing> failing, int crashes) {
    Retries retries =
        new Retries(Path.of("log"), new PrintStream(err, true, StandardCharsets.UTF_8));
    return new Comparison(
            new Plan(1, 1, 3, FORKS),
            List.of(OURS, PEER, OTHER),
            (contestant, row) -> start(contestant, failing.get(contestant), crashes),
            retries)
        .measure(ROW);
  }

  private Entrant start(Contestant contestant, Failing failing, int crashes) {
    started.add(contestant.name());
    long tries = started.stream().filter(contestant.name()::equals).count();
    if (tries <= crashes) {
      failAt(failing, Failing.OPENING);
    }
    open++;
    return new Entrant() {
      @Override
      public String version() {
        return contestant.version();
      }

      @Override
      public float[] results() {
        failAt(failing, Failing.RESULTS);
        return new float[] {failing == Failing.AGREEING ? 2 : 1};
      }

      @Override
      public double measure(double seconds) {
        failAt(failing, Failing.MEASURING);
        return ((Named) contestant).time();
      }

      @Override
      public double allocation() {
        failAt(failing, Failing.ALLOCATION);
        return 0;
      }

      @Override
      public void close() {
        open--;
      }
    };
  }

  private static void failAt(Failing failing, Failing part) {
    if (failing == part) {
      throw new CrashedException("failed at " + part + "\nwith a second line", null);
    }
  }

  @Test
  void everyForkAddsItsRounds() {
    List<Measured> measured = measure(Map.of(), 0);
    assertThat(measured).extracting(Measured::name).containsExactly("ours", "peer", "other");
    assertThat(measured).extracting(Measured::median).containsExactly(10.0, 20.0, 30.0);
    assertThat(measured).allMatch(one -> one.times().length == 3 * FORKS);
    assertThat(open).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void aPeerThatFailsIsDroppedAlone(Failing failing) {
    List<Measured> measured = measure(Map.of(PEER, failing), Integer.MAX_VALUE);
    assertThat(measured).extracting(Measured::name).containsExactly("ours", "peer", "other");
    assertThat(measured).extracting(Measured::failed).containsExactly(false, true, false);
    assertThat(measured.get(0).times()).hasSize(3 * FORKS).containsOnly(10);
    assertThat(measured.get(2).times()).hasSize(3 * FORKS).containsOnly(30);
    String reason =
        failing == Failing.AGREEING
            ? "the results are 1.0 from ours, expected at most 1.0E-5; ours begin [1.0], theirs"
                + " [2.0]"
            : "failed at " + failing;
    assertThat(measured.get(1).failure()).isEqualTo(reason);
  }

  @Test
  void whoFailedIsNotStartedInTheNextFork() {
    measure(Map.of(PEER, Failing.OPENING), Integer.MAX_VALUE);
    assertThat(started).containsExactly("ours", "peer", "peer", "peer", "other", "ours", "other");
  }

  @Test
  void whoCrashesAtTheStartIsTriedAgain() {
    List<Measured> measured = measure(Map.of(PEER, Failing.OPENING), 2);
    assertThat(measured).noneMatch(Measured::failed);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("matrix product 16×16×16, peer: failed at OPENING", "(try 2, see log)");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "AGREEING")
  void withoutOursThereIsNoRow(Failing failing) {
    assertThatExceptionOfType(CrashedException.class)
        .isThrownBy(() -> measure(Map.of(OURS, failing), Integer.MAX_VALUE))
        .withMessageStartingWith("failed at " + failing);
    assertThat(open).isZero();
  }
}
