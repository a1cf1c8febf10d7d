package org.lanewise.engine.matrix;

/**
 * The place of a product, or of a part of one, and its epilogue.
 *
 * @param view where the part lies; its column stride is 1
 * @param row the row of the whole matrix with which the part starts
 * @param column the column of the whole matrix with which the part starts
 * @param epilogue is handed the finished elements
 */
record MatrixResult(MatrixView view, int row, int column, TileEpilogue epilogue) {
  /** The part that starts at an element of this one. */
  MatrixResult from(int i, int j) {
    return new MatrixResult(view.from(i, j), row + i, column + j, epilogue);
  }

  /** Says that the elements of a block, which starts at (i, j) of this part, are final. */
  void finish(int i, int j, int rows, int columns) {
    epilogue.apply(
        view.array(), view.at(i, j), rows, columns, view.rowStride(), row + i, column + j);
  }
}
