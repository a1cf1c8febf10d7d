package org.lanewise.engine.matrix;

import org.lanewise.engine.Tensor;

/**
 * A matrix as it lies in an array; transposed if its strides are exchanged.
 *
 * @param array holds element (i, j) at {@code offset + i · rowStride + j · columnStride}
 * @param offset where element (0, 0) is
 * @param rowStride how far neighbouring rows are apart
 * @param columnStride how far neighbouring columns are apart
 */
record MatrixView(float[] array, int offset, int rowStride, int columnStride) {
  /** A matrix of a tensor, which starts at an element, stored as it is or transposed. */
  static MatrixView of(Tensor x, int start, boolean transposed, int rows, int columns) {
    return transposed
        ? new MatrixView(x.storage(), x.offset() + start, 1, rows)
        : new MatrixView(x.storage(), x.offset() + start, columns, 1);
  }

  /** Where an element is. */
  int at(int row, int column) {
    return offset + row * rowStride + column * columnStride;
  }

  /** The part of the matrix that starts at an element. */
  MatrixView from(int row, int column) {
    return new MatrixView(array, at(row, column), rowStride, columnStride);
  }

  /** The matrix with its rows as columns. */
  MatrixView transposed() {
    return new MatrixView(array, offset, columnStride, rowStride);
  }
}
