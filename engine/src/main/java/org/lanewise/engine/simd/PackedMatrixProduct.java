package org.lanewise.engine.simd;

import static org.lanewise.engine.simd.RegisterTile.COLUMNS;

import java.lang.foreign.MemorySegment;

/**
 * The matrix product of one thread over packed operands: blocks of B, blocks of A within them,
 * register tiles within those.
 */
final class PackedMatrixProduct implements Runnable {
  /** What sums start from: one row that stands for all of a tile. */
  private static final float[] ZEROS = new float[COLUMNS];

  private final int tileRows;
  private final int m;
  private final int n;
  private final int k;
  private final int blockRows;
  private final int blockColumns;
  private final int blockDepth;
  private final MatrixView a;
  private final RightOperand b;
  private final MatrixResult result;
  private final float[] c;
  private final int cStride;

  /** C = A · B as in {@link MatrixKernel#tasks}, for m, n and k of at least 1. */
  PackedMatrixProduct(
      BlockSizes sizes, int m, int n, int k, MatrixView a, RightOperand b, MatrixResult result) {
    this.tileRows = sizes.tileRows();
    this.m = m;
    this.n = n;
    this.k = k;
    this.blockRows = BlockSizes.evenly(m, sizes.rows(), tileRows);
    this.blockColumns = BlockSizes.evenly(n, sizes.columns(), COLUMNS);
    this.blockDepth = BlockSizes.evenly(k, sizes.depth(), 1);
    this.a = a;
    this.b = b;
    this.result = result;
    this.c = result.view().array();
    this.cStride = result.view().rowStride();
  }

  @Override
  public void run() {
    PanelScratch scratch = PanelScratch.current();
    float[] panelsOfA =
        scratch.a(blockRows / tileRows * RegisterTile.panelStride(tileRows) * blockDepth);
    MemorySegment packed = b.panels();
    MemorySegment panelsOfB = packed != null ? packed : scratch.b(blockColumns * blockDepth);
    float[] edge = scratch.tile(tileRows * COLUMNS);
    for (int j = 0; j < n; j += blockColumns) {
      int columns = Math.min(blockColumns, n - j);
      for (int p = 0; p < k; p += blockDepth) {
        int depth = Math.min(blockDepth, k - p);
        for (int i = 0; i < m; i += blockRows) {
          int rows = Math.min(blockRows, m - i);
          Packing.packA(
              rows,
              depth,
              tileRows,
              a.array(),
              a.at(i, p),
              a.rowStride(),
              a.columnStride(),
              panelsOfA);
          multiplyBlocks(i, j, p, rows, columns, depth, panelsOfA, panelsOfB, edge);
        }
      }
    }
  }

  /**
   * Continues the sums of a block of C by the products of a packed block of A and a block of B,
   * which the first block of A packs on the way, so that each part is used while it is near.
   */
  private void multiplyBlocks(
      int i,
      int j,
      int p,
      int rows,
      int columns,
      int depth,
      float[] panelsOfA,
      MemorySegment panelsOfB,
      float[] edge) {
    boolean packed = b.panels() != null;
    long panelBytes = RightOperand.panelBytes(packed ? b.depth() : depth);
    long block = packed ? b.at(p, j) : 0;
    for (int group = 0; group < columns; group += BlockSizes.GROUP_COLUMNS) {
      int width = Math.min(BlockSizes.GROUP_COLUMNS, columns - group);
      long panels = block + group / COLUMNS * panelBytes;
      if (i == 0 && !packed) {
        MatrixView view = b.view();
        Packing.packB(
            depth,
            width,
            view.array(),
            view.at(p, j + group),
            view.rowStride(),
            view.columnStride(),
            panelsOfB,
            panels,
            panelBytes);
      }
      for (int q = 0; q < width; q += COLUMNS) {
        long panelOfB = panels + q / COLUMNS * panelBytes;
        int at = result.view().at(i, j + group + q);
        multiplyPanel(
            rows,
            Math.min(COLUMNS, width - q),
            depth,
            panelsOfA,
            panelsOfB,
            panelOfB,
            at,
            p == 0,
            edge);
      }
      if (p + depth == k) {
        result.finish(i, j + group, rows, width);
      }
    }
  }

  /** The tiles of one panel of B. */
  private void multiplyPanel(
      int rows,
      int width,
      int depth,
      float[] a,
      MemorySegment b,
      long panelOfB,
      int cOffset,
      boolean first,
      float[] edge) {
    int panelOfA = 0;
    for (int i = 0; i < rows; i += tileRows) {
      int at = cOffset + i * cStride;
      int height = Math.min(tileRows, rows - i);
      // The tile always runs full size; what lies outside C is dropped.
      boolean whole = height == tileRows && width == COLUMNS;
      float[] target = whole ? c : edge;
      int offset = whole ? at : 0;
      int stride = whole ? cStride : COLUMNS;
      if (!whole && !first) {
        copy(height, width, c, at, cStride, edge, 0, COLUMNS);
      }
      RegisterTile.multiply(
          tileRows,
          depth,
          a,
          panelOfA,
          b,
          panelOfB,
          first ? ZEROS : target,
          first ? 0 : offset,
          first ? 0 : stride,
          target,
          offset,
          stride);
      if (!whole) {
        copy(height, width, edge, 0, COLUMNS, c, at, cStride);
      }
      panelOfA += depth * RegisterTile.panelStride(tileRows);
    }
  }

  private static void copy(
      int rows,
      int columns,
      float[] x,
      int xOffset,
      int xStride,
      float[] y,
      int yOffset,
      int yStride) {
    for (int i = 0; i < rows; i++) {
      System.arraycopy(x, xOffset + i * xStride, y, yOffset + i * yStride, columns);
    }
  }
}
