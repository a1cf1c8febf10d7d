package org.lanewise.engine.matrix;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.FloatVector.zero;
import static org.lanewise.engine.vector.Lanes.COUNT;
import static org.lanewise.engine.vector.Lanes.FLOATS;

import jdk.incubator.vector.FloatVector;

/**
 * The matrix product of one thread where packing does not repay, as operands are small or a vector
 * holds the columns: over the operands as they lie. Only an operand that lies the wrong way, or is
 * narrower than a tile, is copied first.
 */
final class DirectMatrixProduct implements Runnable {
  private static final int ROWS = 5;
  private static final int MOST_ROWS = Math.max(TallTile.ROWS, ThinTile.ROWS);
  private static final int COLUMNS = 2 * COUNT;

  private final int m;
  private final int n;
  private final int k;
  private final MatrixView a;
  private final MatrixView b;
  private final MatrixView c;

  /** C = A · B as in {@link MatrixProductTasks#tasks}, for m, n and k of at least 1. */
  DirectMatrixProduct(int m, int n, int k, MatrixView a, MatrixView b, MatrixView c) {
    this.m = m;
    this.n = n;
    this.k = k;
    this.a = a;
    this.b = b;
    this.c = c;
  }

  @Override
  public void run() {
    PanelScratch scratch = PanelScratch.current();
    float[] x = a.array();
    int xOffset = a.offset();
    int xStride = a.rowStride();
    if (a.columnStride() != 1) {
      x = scratch.a(m * k);
      xOffset = 0;
      xStride = k;
      copyRows(m, k, a, x, k);
    }
    int width = n <= COUNT ? COUNT : COLUMNS;
    float[] y = b.array();
    int yOffset = b.offset();
    int yStride = b.rowStride();
    if (b.columnStride() != 1 || n < width) {
      yOffset = 0;
      yStride = Math.max(n, width);
      y = scratch.b(k * yStride);
      copyRows(k, n, b, y, yStride);
    }
    boolean narrow = n < width;
    float[] z = narrow ? scratch.tile(MOST_ROWS * COLUMNS) : c.array();
    int zStride = narrow ? width : c.rowStride();
    int height;
    for (int i = 0; i < m; i += height) {
      height = height(width, m - i);
      int row = xOffset + i * xStride;
      for (int j = 0; j < n; j += width) {
        // The last tile moves back to end with the row: some elements are computed twice, to the
        // same bits.
        int column = narrow ? 0 : Math.min(j, n - width);
        int to = narrow ? 0 : c.at(i, column);
        int from = yOffset + column;
        if (width == COUNT) {
          ThinTile.multiply(height, k, x, row, xStride, y, from, yStride, z, to, zStride);
        } else if (height == TallTile.ROWS) {
          TallTile.multiply(k, x, row, xStride, y, from, yStride, true, z, to, zStride);
        } else {
          multiplyTile(height, k, x, row, xStride, y, from, yStride, z, to, zStride);
        }
      }
      if (narrow) {
        copyTile(i, height, z, zStride);
      }
    }
  }

  private static int height(int width, int rows) {
    if (width == COUNT) {
      return Math.min(ThinTile.ROWS, rows);
    }
    return BlockSizes.MACHINE.tileRows() == TallTile.ROWS && rows >= TallTile.ROWS
        ? TallTile.ROWS
        : Math.min(ROWS, rows);
  }

  private void copyTile(int i, int height, float[] tile, int stride) {
    for (int r = 0; r < height; r++) {
      System.arraycopy(tile, r * stride, c.array(), c.at(i + r, 0), n);
    }
  }

  private static void copyRows(int rows, int columns, MatrixView x, float[] y, int yStride) {
    for (int i = 0; i < rows; i++) {
      int from = x.at(i, 0);
      int to = i * yStride;
      if (x.columnStride() == 1) {
        System.arraycopy(x.array(), from, y, to, columns);
      } else {
        copyStrided(columns, x.array(), from, x.columnStride(), y, to);
      }
    }
  }

  private static void copyStrided(int count, float[] x, int from, int stride, float[] y, int to) {
    for (int j = 0; j < count; j++) {
      y[to + j] = x[from + j * stride];
    }
  }

  /**
   * One tile of C. Rows beyond {@code height} repeat the last one, so that the loop has no edge.
   */
  private static void multiplyTile(
      int height,
      int depth,
      float[] a,
      int aOffset,
      int aRowStride,
      float[] b,
      int bOffset,
      int bRowStride,
      float[] c,
      int cOffset,
      int cRowStride) {
    int last = height - 1;
    int row1 = Math.min(1, last);
    int row2 = Math.min(2, last);
    int row3 = Math.min(3, last);
    int row4 = Math.min(4, last);
    int a1 = aOffset + row1 * aRowStride;
    int a2 = aOffset + row2 * aRowStride;
    int a3 = aOffset + row3 * aRowStride;
    int a4 = aOffset + row4 * aRowStride;
    FloatVector l0 = zero(FLOATS);
    FloatVector r0 = zero(FLOATS);
    FloatVector l1 = zero(FLOATS);
    FloatVector r1 = zero(FLOATS);
    FloatVector l2 = zero(FLOATS);
    FloatVector r2 = zero(FLOATS);
    FloatVector l3 = zero(FLOATS);
    FloatVector r3 = zero(FLOATS);
    FloatVector l4 = zero(FLOATS);
    FloatVector r4 = zero(FLOATS);
    for (int p = 0; p < depth; p++) {
      int bIndex = bOffset + p * bRowStride;
      FloatVector left = fromArray(FLOATS, b, bIndex);
      FloatVector right = fromArray(FLOATS, b, bIndex + COUNT);
      FloatVector x0 = broadcast(FLOATS, a[aOffset + p]);
      l0 = x0.fma(left, l0);
      r0 = x0.fma(right, r0);
      FloatVector x1 = broadcast(FLOATS, a[a1 + p]);
      l1 = x1.fma(left, l1);
      r1 = x1.fma(right, r1);
      FloatVector x2 = broadcast(FLOATS, a[a2 + p]);
      l2 = x2.fma(left, l2);
      r2 = x2.fma(right, r2);
      FloatVector x3 = broadcast(FLOATS, a[a3 + p]);
      l3 = x3.fma(left, l3);
      r3 = x3.fma(right, r3);
      FloatVector x4 = broadcast(FLOATS, a[a4 + p]);
      l4 = x4.fma(left, l4);
      r4 = x4.fma(right, r4);
    }
    int c1 = cOffset + row1 * cRowStride;
    int c2 = cOffset + row2 * cRowStride;
    int c3 = cOffset + row3 * cRowStride;
    int c4 = cOffset + row4 * cRowStride;
    l0.intoArray(c, cOffset);
    r0.intoArray(c, cOffset + COUNT);
    l1.intoArray(c, c1);
    r1.intoArray(c, c1 + COUNT);
    l2.intoArray(c, c2);
    r2.intoArray(c, c2 + COUNT);
    l3.intoArray(c, c3);
    r3.intoArray(c, c3 + COUNT);
    l4.intoArray(c, c4);
    r4.intoArray(c, c4 + COUNT);
  }
}
