package org.lanewise.engine.loop;

import org.lanewise.engine.parallel.PerThread;
import org.lanewise.engine.reduction.ReductionOrder;

/** A thread's scratch for the loop that it runs. */
final class LoopScratch {
  /** Elements of a tile: 4 KiB, a whole number of rounds of partial results. */
  static final int TILE = 1024;

  /** Tiles are this much apart, so that no two are a multiple of 4 KiB from each other. */
  static final int SPACING = TILE + 80;

  private static final PerThread<LoopScratch> CURRENT = new PerThread<>(LoopScratch::new);

  private int[] starts = {};
  private float[] partials = {};
  private float[] tiles = {};

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
    if (partials.length < accumulations * ReductionOrder.PARTIALS) {
      partials = new float[accumulations * ReductionOrder.PARTIALS];
    }
    return partials;
  }

  /** Room for tiles, {@link #SPACING} elements from one to the next. */
  float[] tiles(int count) {
    if (tiles.length < count * SPACING) {
      tiles = new float[count * SPACING];
    }
    return tiles;
  }
}
