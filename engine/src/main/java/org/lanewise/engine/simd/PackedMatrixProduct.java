package org.lanewise.engine.simd;

import java.lang.foreign.MemorySegment;

/**
 * The matrix product of one thread over packed operands: blocks of B, blocks of A within them,
 * register tiles within those.
 */
final class PackedMatrixProduct {
  /** What sums start from: one row that stands for all of a tile. */
  private static final MatrixView ZEROS = new MatrixView(new float[RegisterTile.COLUMNS], 0, 0, 1);

  private PackedMatrixProduct() {}

  /** C = A · B as in {@link MatrixKernel#tasks}, for m, n and k of at least 1. */
  static void multiply(
      BlockSizes sizes, int m, int n, int k, MatrixView a, MatrixView b, MatrixResult result) {
    MatrixView c = result.view();
    int tileRows = sizes.tileRows();
    int blockRows = BlockSizes.evenly(m, sizes.rows(), tileRows);
    int blockColumns = BlockSizes.evenly(n, sizes.columns(), RegisterTile.COLUMNS);
    int blockDepth = BlockSizes.evenly(k, sizes.depth(), 1);
    PanelScratch scratch = PanelScratch.current();
    float[] panelsOfA = scratch.a(blockRows * blockDepth);
    MemorySegment panelsOfB = scratch.b(blockColumns * blockDepth);
    float[] tile = scratch.tile(tileRows * RegisterTile.COLUMNS);
    MatrixView edge = new MatrixView(tile, 0, RegisterTile.COLUMNS, 1);
    for (int j = 0; j < n; j += blockColumns) {
      int columns = Math.min(blockColumns, n - j);
      for (int p = 0; p < k; p += blockDepth) {
        int depth = Math.min(blockDepth, k - p);
        Packing.packB(depth, columns, b.from(p, j), panelsOfB);
        for (int i = 0; i < m; i += blockRows) {
          int rows = Math.min(blockRows, m - i);
          Packing.packA(rows, depth, tileRows, a.from(i, p), panelsOfA);
          multiplyBlocks(
              tileRows, rows, columns, depth, panelsOfA, panelsOfB, c.from(i, j), p == 0, edge);
          if (p + depth == k) {
            result.finish(i, j, rows, columns);
          }
        }
      }
    }
  }

  /** Continues the sums of a block of C by the products of a packed block of A and one of B. */
  private static void multiplyBlocks(
      int tileRows,
      int rows,
      int columns,
      int depth,
      float[] a,
      MemorySegment b,
      MatrixView c,
      boolean first,
      MatrixView edge) {
    for (int j = 0; j < columns; j += RegisterTile.COLUMNS) {
      long panelOfB = (long) j * depth * Float.BYTES;
      int width = Math.min(RegisterTile.COLUMNS, columns - j);
      for (int i = 0; i < rows; i += tileRows) {
        int panelOfA = i * depth;
        int height = Math.min(tileRows, rows - i);
        if (height == tileRows && width == RegisterTile.COLUMNS) {
          MatrixView tile = c.from(i, j);
          RegisterTile.multiply(
              tileRows, depth, a, panelOfA, b, panelOfB, first ? ZEROS : tile, tile);
        } else {
          // The tile always runs full size; what lies outside C is computed from the zeros of the
          // panels and dropped.
          if (!first) {
            copy(height, width, c.from(i, j), edge);
          }
          RegisterTile.multiply(
              tileRows, depth, a, panelOfA, b, panelOfB, first ? ZEROS : edge, edge);
          copy(height, width, edge, c.from(i, j));
        }
      }
    }
  }

  private static void copy(int rows, int columns, MatrixView x, MatrixView y) {
    for (int i = 0; i < rows; i++) {
      System.arraycopy(x.array(), x.at(i, 0), y.array(), y.at(i, 0), columns);
    }
  }
}
