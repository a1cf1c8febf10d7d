package org.lanewise.engine.loop;

/** A {@link LoopCode} that can be run over rectangles of whole vectors. */
interface WholeVectorLoop {
  /** The tiles of scratch that a run needs. */
  default int tiles() {
    return 0;
  }

  /**
   * Runs the code over a rectangle. All inputs of a vector are read before an output of it is
   * written, so that an output may lie exactly over an input.
   *
   * @param arrays where each place is, in the order of {@link LoopCode#places}; those of
   *     accumulations along rows are not touched
   * @param starts the element of each place in row and column 0; for an accumulation along columns
   *     of the row that takes in all others
   * @param steps the elements that each place moves on from row to row
   * @param row the first row
   * @param rows the number of rows; 1 if there is an accumulation along rows
   * @param column the first column
   * @param columns the number of columns, a multiple of the lanes
   * @param partials the partial results of accumulations along rows: {@link
   *     org.lanewise.engine.reduction.ReductionOrder#PARTIALS} elements for each accumulation
   * @param tiles scratch, as {@link LoopScratch#tiles} gives it
   */
  void run(
      float[][] arrays,
      int[] starts,
      int[] steps,
      int row,
      int rows,
      int column,
      int columns,
      float[] partials,
      float[] tiles);
}
