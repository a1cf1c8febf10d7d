package org.lanewise.engine.elementwise;

/** An elementwise operation as a plain loop. */
@FunctionalInterface
public interface ScalarLoop {
  /**
   * Computes the first n elements of y from those of the operands; operands beyond the arity are
   * not read. The result may overwrite an operand.
   *
   * <p>All arrays are indexed alike: HotSpot's compiler makes vectors of such a loop, but not of
   * one with an offset for each array, as these might overlap.
   */
  void run(float[] x, float[] x1, float[] x2, float[] y, int n);
}
