package org.lanewise.engine.reduction;

import org.lanewise.engine.elementwise.LaneFunction;

/**
 * The loops of a reduction. The order in which elements are combined is fixed, whatever the lane
 * width.
 */
interface ReductionLoop {
  /** What a loop computes: how two elements are combined, and the element that changes nothing. */
  record Target(LaneFunction function, float identity) {}

  /**
   * Combines n elements into {@link Combination#PARTIALS} partial results: partial j gets the
   * elements j, j + PARTIALS, … in their order.
   */
  void row(float[] x, int offset, int n, float[] partials);

  /**
   * Combines n rows into one, column by column: in order within blocks of {@link Combination#BLOCK}
   * rows, the blocks in order.
   */
  void columns(float[] x, int offset, int n, int stride, float[] y, int offsetY, int columns);

  /** A loop of its own for a way to combine. */
  static ReductionLoop of(LaneFunction function, float identity) {
    return ReductionTemplate.specialize(new Target(function, identity));
  }
}
