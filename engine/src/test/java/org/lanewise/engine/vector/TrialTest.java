package org.lanewise.engine.vector;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.lanewise.engine.vector.Trial.Standing;

class TrialTest {
  private static void fast() {}

  /** Allocates nothing, so that only its time counts against it. */
  private static void slow() {
    long end = System.nanoTime() + 20_000;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  private float[] heap = {};

  private static Standing outcome(Runnable scalars, Runnable vectors) {
    Trial trial =
        new Trial(
            new Contest() {
              @Override
              public void idle() {}

              @Override
              public void vectors() {
                vectors.run();
              }

              @Override
              public void scalars() {
                scalars.run();
              }
            });
    Standing standing = trial.advance();
    while (standing == Standing.OPEN) {
      standing = trial.advance();
    }
    return standing;
  }

  @Test
  void theFasterTierWins() {
    assertThat(outcome(TrialTest::slow, TrialTest::fast)).isEqualTo(Standing.WON);
    assertThat(outcome(TrialTest::fast, TrialTest::slow)).isEqualTo(Standing.LOST);
  }

  @Test
  void fasterVectorsThatAllocateLose() {
    assertThat(outcome(TrialTest::slow, () -> heap = new float[7])).isEqualTo(Standing.LOST);
    assertThat(heap).isNotEmpty();
  }

  @Test
  void whereNobodyCountsWhatIsAllocatedPlainLoopsStay() {
    ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    threads.setThreadAllocatedMemoryEnabled(false);
    try {
      assertThat(outcome(TrialTest::slow, TrialTest::fast)).isEqualTo(Standing.LOST);
    } finally {
      threads.setThreadAllocatedMemoryEnabled(true);
    }
  }
}
