package org.lanewise.engine.simd;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.FloatVector.zero;
import static org.lanewise.engine.simd.Lanes.COUNT;
import static org.lanewise.engine.simd.Lanes.FLOATS;

import jdk.incubator.vector.FloatVector;

/**
 * The matrix product of one thread for sizes too small to repay packing: over the operands as they
 * lie. Only an operand that lies the wrong way, or is narrower than a tile, is copied first.
 */
final class DirectMatrixProduct {
  private static final int ROWS = 5;
  private static final int COLUMNS = 2 * COUNT;

  private DirectMatrixProduct() {}

  /** C = A · B as in {@link MatrixKernel#tasks}, for m, n and k of at least 1. */
  static void multiply(int m, int n, int k, MatrixView a, MatrixView b, MatrixView c) {
    PanelScratch scratch = PanelScratch.current();
    MatrixView x = a;
    if (a.columnStride() != 1) {
      x = new MatrixView(scratch.a(m * k), 0, k, 1);
      copyRows(m, k, a, x);
    }
    MatrixView y = b;
    if (b.columnStride() != 1 || n < COLUMNS) {
      int rowStride = Math.max(n, COLUMNS);
      y = new MatrixView(scratch.rowsOfB(k * rowStride), 0, rowStride, 1);
      copyRows(k, n, b, y);
    }
    if (n < COLUMNS) {
      multiplyNarrow(m, n, k, x, y, c, scratch.tile(ROWS * COLUMNS));
    } else {
      multiplyWide(m, n, k, x, y, c);
    }
  }

  private static void copyRows(int rows, int columns, MatrixView x, MatrixView y) {
    for (int i = 0; i < rows; i++) {
      int from = x.at(i, 0);
      int to = y.at(i, 0);
      if (x.columnStride() == 1) {
        System.arraycopy(x.array(), from, y.array(), to, columns);
      } else {
        for (int j = 0; j < columns; j++) {
          y.array()[to + j] = x.array()[from + j * x.columnStride()];
        }
      }
    }
  }

  private static void multiplyWide(int m, int n, int k, MatrixView a, MatrixView b, MatrixView c) {
    for (int j = 0; j < n; j += COLUMNS) {
      // The last tile moves back to end with the row: some elements are computed twice, to the same
      // bits.
      int column = Math.min(j, n - COLUMNS);
      for (int i = 0; i < m; i += ROWS) {
        multiplyTile(
            Math.min(ROWS, m - i),
            k,
            a.array(),
            a.at(i, 0),
            a.rowStride(),
            b.array(),
            b.at(0, column),
            b.rowStride(),
            c.array(),
            c.at(i, column),
            c.rowStride());
      }
    }
  }

  /** For fewer columns than a tile has: tiles in full width, of which the left part goes to C. */
  private static void multiplyNarrow(
      int m, int n, int k, MatrixView a, MatrixView b, MatrixView c, float[] tile) {
    for (int i = 0; i < m; i += ROWS) {
      int height = Math.min(ROWS, m - i);
      multiplyTile(
          height,
          k,
          a.array(),
          a.at(i, 0),
          a.rowStride(),
          b.array(),
          b.offset(),
          b.rowStride(),
          tile,
          0,
          COLUMNS);
      for (int r = 0; r < height; r++) {
        System.arraycopy(tile, r * COLUMNS, c.array(), c.at(i + r, 0), n);
      }
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
