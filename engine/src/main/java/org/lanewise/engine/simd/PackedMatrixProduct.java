package org.lanewise.engine.simd;

import java.lang.foreign.MemorySegment;

/**
 * The matrix product of one thread over packed operands: blocks of B, blocks of A within them,
 * register tiles within those.
 */
final class PackedMatrixProduct {
  /** What sums start from: one row of a tile. */
  private static final float[] ZEROS = new float[RegisterTile.COLUMNS];

  private PackedMatrixProduct() {}

  /** C = A · B as in {@link MatrixKernel#multiply}, for m, n and k of at least 1. */
  static void multiply(
      BlockSizes sizes,
      int m,
      int n,
      int k,
      float[] a,
      int aOffset,
      int aRowStride,
      int aColumnStride,
      float[] b,
      int bOffset,
      int bRowStride,
      int bColumnStride,
      float[] c,
      int cOffset,
      int cRowStride) {
    int tileRows = sizes.tileRows();
    int blockRows = BlockSizes.evenly(m, sizes.rows(), tileRows);
    int blockColumns = BlockSizes.evenly(n, sizes.columns(), RegisterTile.COLUMNS);
    int blockDepth = BlockSizes.evenly(k, sizes.depth(), 1);
    PanelScratch scratch = PanelScratch.current();
    float[] panelsOfA = scratch.a(blockRows * blockDepth);
    MemorySegment panelsOfB = scratch.b(blockColumns * blockDepth);
    float[] edge = scratch.tile(tileRows * RegisterTile.COLUMNS);
    for (int j = 0; j < n; j += blockColumns) {
      int columns = Math.min(blockColumns, n - j);
      for (int p = 0; p < k; p += blockDepth) {
        int depth = Math.min(blockDepth, k - p);
        int fromB = bOffset + p * bRowStride + j * bColumnStride;
        Packing.packB(depth, columns, b, fromB, bRowStride, bColumnStride, panelsOfB);
        for (int i = 0; i < m; i += blockRows) {
          int rows = Math.min(blockRows, m - i);
          int fromA = aOffset + i * aRowStride + p * aColumnStride;
          Packing.packA(rows, depth, tileRows, a, fromA, aRowStride, aColumnStride, panelsOfA);
          int toC = cOffset + i * cRowStride + j;
          multiplyBlocks(
              tileRows,
              rows,
              columns,
              depth,
              panelsOfA,
              panelsOfB,
              c,
              toC,
              cRowStride,
              p == 0,
              edge);
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
      float[] c,
      int cOffset,
      int cRowStride,
      boolean first,
      float[] edge) {
    for (int j = 0; j < columns; j += RegisterTile.COLUMNS) {
      long panelOfB = (long) j * depth * Float.BYTES;
      int width = Math.min(RegisterTile.COLUMNS, columns - j);
      for (int i = 0; i < rows; i += tileRows) {
        int panelOfA = i * depth;
        int height = Math.min(tileRows, rows - i);
        int tile = cOffset + i * cRowStride + j;
        if (height == tileRows && width == RegisterTile.COLUMNS) {
          RegisterTile.multiply(
              tileRows,
              depth,
              a,
              panelOfA,
              b,
              panelOfB,
              first ? ZEROS : c,
              first ? 0 : tile,
              first ? 0 : cRowStride,
              c,
              tile,
              cRowStride);
        } else {
          // The tile always runs full size; what lies outside C is computed from the zeros of the
          // panels and dropped.
          if (!first) {
            copy(height, width, c, tile, cRowStride, edge, 0, RegisterTile.COLUMNS);
          }
          RegisterTile.multiply(
              tileRows,
              depth,
              a,
              panelOfA,
              b,
              panelOfB,
              first ? ZEROS : edge,
              0,
              first ? 0 : RegisterTile.COLUMNS,
              edge,
              0,
              RegisterTile.COLUMNS);
          copy(height, width, edge, 0, RegisterTile.COLUMNS, c, tile, cRowStride);
        }
      }
    }
  }

  private static void copy(
      int rows,
      int columns,
      float[] x,
      int xOffset,
      int xRowStride,
      float[] y,
      int yOffset,
      int yRowStride) {
    for (int i = 0; i < rows; i++) {
      System.arraycopy(x, xOffset + i * xRowStride, y, yOffset + i * yRowStride, columns);
    }
  }
}
