package org.lanewise.engine.elementwise;

/** The loop of an elementwise operation over contiguous operands. */
@FunctionalInterface
public interface ElementwiseLoop {
  /** The function that a loop computes, and the number of its operands. */
  record Target(LaneFunction function, int arity) {}

  /**
   * Computes n elements; operands beyond the arity are not read. The result may overwrite an
   * operand that starts at the same element.
   */
  void run(
      float[] x,
      int offset,
      float[] x1,
      int offset1,
      float[] x2,
      int offset2,
      float[] y,
      int offsetY,
      int n);
}
