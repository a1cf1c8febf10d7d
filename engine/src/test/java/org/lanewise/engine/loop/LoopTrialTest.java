package org.lanewise.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lanewise.engine.loop.LoopCode.Access;
import org.lanewise.engine.loop.LoopCode.Instruction;
import org.lanewise.engine.loop.LoopTrial.Standing;
import org.lanewise.engine.operation.Elementwise;

class LoopTrialTest {
  private static final LoopCode SUM =
      new LoopCode(
          List.of(Access.ALONG, Access.ALONG),
          List.of(new Instruction(Elementwise.ADD, List.of(0, 1))),
          List.of(2),
          List.of());

  private static final WholeVectorLoop FAST =
      (arrays, starts, steps, row, rows, column, columns, partials, tiles) -> {};

  /** Allocates nothing, so that only its time counts against it. */
  private static final WholeVectorLoop SLOW =
      (arrays, starts, steps, row, rows, column, columns, partials, tiles) -> {
        long end = System.nanoTime() + 20L * rows * columns;
        while (System.nanoTime() < end) {
          Thread.onSpinWait();
        }
      };

  private float[] heap = {};

  private static Standing outcome(WholeVectorLoop tiles, WholeVectorLoop assembled) {
    PaddedLoop padded = new PaddedLoop(SUM, assembled);
    LoopTrial trial = new LoopTrial(SUM, new PaddedLoop(SUM, tiles), padded);
    assertThat(trial.assembled()).isSameAs(padded);
    Standing standing = trial.advance();
    while (standing == Standing.OPEN) {
      standing = trial.advance();
    }
    return standing;
  }

  @Test
  void theFasterLoopWins() {
    assertThat(outcome(SLOW, FAST)).isEqualTo(Standing.WON);
    assertThat(outcome(FAST, SLOW)).isEqualTo(Standing.LOST);
  }

  @Test
  void aFasterLoopThatAllocatesLoses() {
    WholeVectorLoop allocating =
        (arrays, starts, steps, row, rows, column, columns, partials, tiles) ->
            heap = new float[columns];
    assertThat(outcome(SLOW, allocating)).isEqualTo(Standing.LOST);
    assertThat(heap).isNotEmpty();
  }

  @Test
  void whereNobodyCountsWhatIsAllocatedTheFirstTierStays() {
    ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    threads.setThreadAllocatedMemoryEnabled(false);
    try {
      assertThat(outcome(SLOW, FAST)).isEqualTo(Standing.LOST);
    } finally {
      threads.setThreadAllocatedMemoryEnabled(true);
    }
  }
}
