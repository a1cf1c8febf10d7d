package org.lanewise.engine.matrix;

/**
 * A computation on the elements of a matrix product as soon as they are final and while they are
 * still in a cache, such as a bias and an activation.
 *
 * <p>Every element is handed over exactly once, after its last term, in blocks that do not overlap;
 * which blocks, in which order and on which threads is left open, so what an epilogue makes of an
 * element must depend on nothing but the element and where it is.
 */
@FunctionalInterface
public interface TileEpilogue {
  /** Leaves the product as it is. */
  TileEpilogue NONE = (c, offset, rows, columns, rowStride, row, column) -> {};

  /**
   * Works on one block of C in place.
   *
   * @param c holds element (i, j) of the block at {@code offset + i · rowStride + j}
   * @param offset where the block starts; less the offset of the result it is the block's first
   *     index in the result, leading axes included
   * @param rows the rows of the block
   * @param columns the columns of the block
   * @param rowStride how far neighbouring rows are apart
   * @param row the row of the matrix with which the block starts
   * @param column the column of the matrix with which the block starts
   */
  void apply(float[] c, int offset, int rows, int columns, int rowStride, int row, int column);
}
