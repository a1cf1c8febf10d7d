package org.lanewise.engine.loop;

/** A {@link LoopCode} that can be run over rectangles of whole vectors. */
interface VectorBody {
  /**
   * Runs the code. All inputs of a vector are read before an output of it is written, so that an
   * output may lie exactly over an input.
   *
   * @param arrays where each place is, in the order of {@link LoopCode#places}; those of
   *     accumulations along rows are not touched
   * @param starts the first element of each place; for an accumulation along columns the row that
   *     takes in all others
   * @param steps the elements that each place moves on from row to row
   * @param rows the number of rows; 1 if there is an accumulation along rows
   * @param columns the number of columns, a multiple of the lanes
   * @param partials take in what accumulations along rows combine: {@link
   *     org.lanewise.engine.simd.Combination#PARTIALS} elements for each accumulation
   */
  void run(float[][] arrays, int[] starts, int[] steps, int rows, int columns, float[] partials);
}
