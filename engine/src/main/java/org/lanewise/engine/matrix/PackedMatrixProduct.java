package org.lanewise.engine.matrix;

import static org.lanewise.engine.matrix.RegisterTile.COLUMNS;
import static org.lanewise.engine.matrix.RegisterTile.COLUMN_STRIDE;

/**
 * The matrix product of one thread with its operands packed: blocks of B, blocks of A within them,
 * register tiles within those.
 */
final class PackedMatrixProduct implements Runnable {
  /**
   * Elements that are a multiple of this apart share one set of the first-level cache, which holds
   * 8 or 12 lines: fewer than a tall tile has rows, or no more.
   */
  private static final int SAME_SET = 1024;

  /** The elements of a line of the caches. */
  private static final int CACHE_LINE = 16;

  private final int m;
  private final int n;
  private final int k;
  private final int tileRows;

  /**
   * Whether rows of C are finished tile by tile, because all of a block of B stays in the
   * second-level cache; else a panel of B meets a block of A.
   */
  private final boolean tileByTile;

  /** Whether tall tiles read rows of A from a copy, as the caches would not hold them together. */
  private final boolean copiesRows;

  private final int blockRows;
  private final int blockColumns;
  private final int blockDepth;
  private final MatrixView a;
  private final RightOperand b;
  private final MatrixResult result;
  private final float[] c;
  private final int cStride;

  /** C = A · B as in {@link MatrixProductTasks#tasks}, for m, n and k of at least 1. */
  PackedMatrixProduct(
      BlockSizes sizes, int m, int n, int k, MatrixView a, RightOperand b, MatrixResult result) {
    this.tileRows = a.columnStride() == 1 ? sizes.tileRows() : RegisterTile.MOST_ROWS;
    this.m = m;
    this.n = n;
    this.k = k;
    this.blockColumns = BlockSizes.evenly(n, sizes.columns(), COLUMNS);
    this.blockDepth = BlockSizes.evenly(k, sizes.depth(), RegisterTile.TERMS);
    this.tileByTile = blockColumns * blockDepth <= sizes.resident();
    int mostRows = tileByTile ? tileRows : Math.max(tileRows, sizes.resident() / blockDepth);
    this.blockRows = BlockSizes.evenly(m, mostRows, tileRows);
    this.copiesRows =
        tileRows == TallTile.ROWS && m >= TallTile.ROWS && a.rowStride() % SAME_SET == 0;
    this.a = a;
    this.b = b;
    this.result = result;
    this.c = result.view().array();
    this.cStride = result.view().rowStride();
  }

  @Override
  public void run() {
    PanelScratch scratch = PanelScratch.current();
    int tiles = Math.ceilDiv(blockRows, RegisterTile.MOST_ROWS);
    int mostOfTile =
        Math.max(
            packedTile(RegisterTile.MOST_ROWS, blockDepth), packedTile(TallTile.ROWS, blockDepth));
    float[] packedA = scratch.a(tiles * mostOfTile);
    Panels packed = b.panels();
    float[] panels = packed != null ? packed.array() : scratch.b(blockColumns * blockDepth);
    float[] edge = scratch.tile(tileRows * COLUMNS);
    for (int j = 0; j < n; j += blockColumns) {
      int columns = Math.min(blockColumns, n - j);
      for (int p = 0; p < k; p += blockDepth) {
        int depth = Math.min(blockDepth, k - p);
        if (packed == null) {
          Packing.packB(b.view(), p, j, depth, columns, panels);
        }
        int rows;
        for (int i = 0; i < m; i += rows) {
          rows = tileByTile ? RegisterTile.height(tileRows, m - i) : Math.min(blockRows, m - i);
          packA(i, p, rows, depth, packedA);
          multiplyBlocks(i, j, p, rows, columns, depth, packedA, panels, edge);
        }
      }
    }
  }

  private void packA(int i, int p, int rows, int depth, float[] packedA) {
    int at = 0;
    int height;
    for (int r = 0; r < rows; r += height) {
      height = RegisterTile.height(tileRows, rows - r);
      if (height <= RegisterTile.MOST_ROWS) {
        Packing.packA(a, i + r, p, height, depth, packedA, at);
      } else if (copiesRows) {
        for (int row = 0; row < height; row++) {
          System.arraycopy(
              a.array(), a.at(i + r + row, p), packedA, at + row * rowLength(depth), depth);
        }
      }
      at += packedTile(height, depth);
    }
  }

  /** How much of packed A a tile takes. */
  private int packedTile(int height, int depth) {
    if (height <= RegisterTile.MOST_ROWS) {
      return COLUMN_STRIDE * BlockSizes.packedDepth(depth);
    }
    return copiesRows ? height * rowLength(depth) : 0;
  }

  /** How far copied rows are apart: an odd number of cache lines. */
  private static int rowLength(int depth) {
    return Math.ceilDiv(depth, CACHE_LINE) * CACHE_LINE | CACHE_LINE;
  }

  /** Continues the sums of a block of C by the products of a block of A and a block of B. */
  private void multiplyBlocks(
      int i,
      int j,
      int p,
      int rows,
      int columns,
      int depth,
      float[] packedA,
      float[] panels,
      float[] edge) {
    Panels packed = b.panels();
    int panelLength = packed != null ? packed.length() : Packing.panelLength(depth);
    int panel = packed != null ? packed.at(b.row() + p, b.column() + j) : 0;
    for (int q = 0; q < columns; q += COLUMNS) {
      int width = Math.min(COLUMNS, columns - q);
      int at = result.view().at(i, j + q);
      multiplyPanel(i, p, rows, width, depth, packedA, panels, panel, at, edge);
      panel += panelLength;
    }
    if (p + depth == k) {
      result.finish(i, j, rows, columns);
    }
  }

  /** The tiles of one panel of B. */
  private void multiplyPanel(
      int i,
      int p,
      int rows,
      int width,
      int depth,
      float[] packedA,
      float[] panels,
      int panel,
      int cOffset,
      float[] edge) {
    // The tile always runs in full width; what lies outside C is dropped.
    boolean whole = width == COLUMNS;
    boolean first = p == 0;
    float[] target = whole ? c : edge;
    int stride = whole ? cStride : COLUMNS;
    int packed = 0;
    int height;
    for (int r = 0; r < rows; r += height) {
      height = RegisterTile.height(tileRows, rows - r);
      int at = cOffset + r * cStride;
      int to = whole ? at : 0;
      if (!whole && !first) {
        copy(height, width, c, at, cStride, edge, 0, COLUMNS);
      }
      if (height == TallTile.ROWS) {
        float[] x = copiesRows ? packedA : a.array();
        int row = copiesRows ? packed : a.at(i + r, p);
        int rowStride = copiesRows ? rowLength(depth) : a.rowStride();
        TallTile.multiply(
            depth, x, row, rowStride, panels, panel, COLUMNS, first, target, to, stride);
      } else {
        int terms = BlockSizes.packedDepth(depth);
        RegisterTile.multiply(
            height, terms, packedA, packed, panels, panel, first, target, to, stride);
      }
      packed += packedTile(height, depth);
      if (!whole) {
        copy(height, width, edge, 0, COLUMNS, c, at, cStride);
      }
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
      int from = xOffset + i * xStride;
      int to = yOffset + i * yStride;
      int j = 0;
      for (; j < columns - 3; j += 4) {
        y[to + j] = x[from + j];
        y[to + j + 1] = x[from + j + 1];
        y[to + j + 2] = x[from + j + 2];
        y[to + j + 3] = x[from + j + 3];
      }
      for (; j < columns; j++) {
        y[to + j] = x[from + j];
      }
    }
  }
}
