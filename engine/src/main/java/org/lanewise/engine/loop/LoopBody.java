package org.lanewise.engine.loop;

/** A {@link LoopCode} that can be run over rectangles. */
interface LoopBody {
  /**
   * Runs the code. All inputs of an element are read before an output of it is written, so that an
   * output may lie exactly over an input.
   *
   * @param arrays where each place is, in the order of {@link LoopCode#places}
   * @param starts the first element of each place; for an accumulation along rows the result of the
   *     first row, for one along columns the row that takes in all others
   * @param steps the elements that each place moves on from row to row
   * @param rows the number of rows
   * @param columns the number of columns, at least 1; at most {@link
   *     org.lanewise.engine.reduction.ReductionOrder#ROW_BLOCK} if there is an accumulation along
   *     rows
   * @param partials scratch for accumulations along rows: {@link
   *     org.lanewise.engine.reduction.ReductionOrder#PARTIALS} elements for each accumulation
   */
  void run(float[][] arrays, int[] starts, int[] steps, int rows, int columns, float[] partials);
}
