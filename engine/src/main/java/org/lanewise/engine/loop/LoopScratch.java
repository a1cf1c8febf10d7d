package org.lanewise.engine.loop;

import org.lanewise.engine.simd.Combination;

/** A thread's scratch for the loop that it runs. */
final class LoopScratch {
  private static final ThreadLocal<LoopScratch> CURRENT = ThreadLocal.withInitial(LoopScratch::new);

  private int[] starts = {};
  private float[] partials = {};

  private LoopScratch() {}

  /** The scratch of this thread. */
  static LoopScratch current() {
    return CURRENT.get();
  }

  /** Room for where each place of a loop starts. */
  int[] starts(int places) {
    if (starts.length < places) {
      starts = new int[places];
    }
    return starts;
  }

  /** Room for the partial results of accumulations along rows. */
  float[] partials(int accumulations) {
    if (partials.length < accumulations * Combination.PARTIALS) {
      partials = new float[accumulations * Combination.PARTIALS];
    }
    return partials;
  }
}
