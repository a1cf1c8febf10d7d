package org.lanewise.engine.simd;

import java.util.Arrays;
import org.lanewise.engine.parallel.Workers;

/** The single precision matrix product over strided operands. */
public final class MatrixKernel {
  private MatrixKernel() {}

  /**
   * Overwrites C with A · B.
   *
   * <p>Each element of C is the chain {@code c = fma(a[i][p], b[p][j], c)} for p = 0, 1, … k − 1
   * from +0, so its bits depend on nothing but its row of A and its column of B: not on lanes,
   * blocks or threads (which NaN a sum of several NaNs gives is left open). With k = 0 it is +0. A
   * transposed operand is one whose strides are exchanged. C must not overlap A or B.
   *
   * @param m the rows of A and C
   * @param n the columns of B and C
   * @param k the columns of A and rows of B
   * @param a the left operand, m × k
   * @param b the right operand, k × n
   * @param c receives the product, m × n; its column stride is 1, and what lies between its rows is
   *     left alone
   */
  static void multiply(int m, int n, int k, MatrixView a, MatrixView b, MatrixView c) {
    if (m == 0 || n == 0) {
      return;
    }
    if (k == 0) {
      for (int i = 0; i < m; i++) {
        Arrays.fill(c.array(), c.at(i, 0), c.at(i, n), 0f);
      }
      return;
    }
    int tasks = (int) Math.min(Workers.count(), (long) m * n * k / BlockSizes.PARALLEL_VOLUME);
    if (tasks <= 1) {
      multiplyHere(m, n, k, a, b, c);
      return;
    }
    int bands = bands(m, n, tasks);
    int stripes = Math.min(tasks / bands, Math.ceilDiv(n, RegisterTile.COLUMNS));
    int rows = BlockSizes.evenly(m, Math.ceilDiv(m, bands), BlockSizes.MACHINE.tileRows());
    int columns = BlockSizes.evenly(n, Math.ceilDiv(n, stripes), RegisterTile.COLUMNS);
    Workers.forEach(
        bands * stripes,
        task -> {
          int i = task / stripes * rows;
          int j = task % stripes * columns;
          // Rounding up to whole tiles may leave nothing for the last parts.
          if (i < m && j < n) {
            multiplyHere(
                Math.min(rows, m - i),
                Math.min(columns, n - j),
                k,
                a.from(i, 0),
                b.from(0, j),
                c.from(i, j));
          }
        });
  }

  /**
   * Into how many bands of rows to divide C when it is divided into at most {@code tasks} parts:
   * the number that makes a part take least. Each part packs its own rows of A and columns of B.
   */
  static int bands(int m, int n, int tasks) {
    int best = 1;
    long least = Long.MAX_VALUE;
    int most = Math.min(tasks, Math.ceilDiv(m, BlockSizes.MACHINE.tileRows()));
    for (int bands = 1; bands <= most; bands++) {
      int stripes = Math.min(tasks / bands, Math.ceilDiv(n, RegisterTile.COLUMNS));
      int rows = Math.ceilDiv(m, bands);
      int columns = Math.ceilDiv(n, stripes);
      // To pack an element takes about as long as some sixteen multiplications.
      long cost = (long) rows * columns + 16L * (rows + columns);
      if (cost < least) {
        least = cost;
        best = bands;
      }
    }
    return best;
  }

  private static void multiplyHere(int m, int n, int k, MatrixView a, MatrixView b, MatrixView c) {
    boolean done = multiplyVector(m, n, k, a, b, c);
    if (done) {
      return;
    }
    // Where neither operand would be copied whole first: a copy of a narrow B is a tile wide.
    boolean fewRows =
        m <= BlockSizes.DIRECT_ROWS
            && n >= RegisterTile.COLUMNS
            && a.columnStride() == 1
            && b.columnStride() == 1;
    if (fewRows || (long) m * n * k <= BlockSizes.DIRECT_VOLUME) {
      DirectMatrixProduct.multiply(m, n, k, a, b, c);
    } else {
      PackedMatrixProduct.multiply(BlockSizes.MACHINE, m, n, k, a, b, c);
    }
  }

  /**
   * Multiplies if an operand is a vector and the other lies in a way one of the vector kernels can
   * follow.
   */
  private static boolean multiplyVector(
      int m, int n, int k, MatrixView a, MatrixView b, MatrixView c) {
    if (m == 1 && b.columnStride() == 1) {
      VectorProduct.sumRows(n, k, a.array(), a.offset(), a.columnStride(), b, c);
    } else if (m == 1 && b.rowStride() == 1) {
      VectorProduct.multiplyRows(
          n, k, b.transposed(), a.array(), a.offset(), a.columnStride(), c.transposed());
    } else if (n == 1 && a.columnStride() == 1) {
      VectorProduct.multiplyRows(m, k, a, b.array(), b.offset(), b.rowStride(), c);
    } else if (n == 1 && a.rowStride() == 1 && c.rowStride() == 1) {
      VectorProduct.sumRows(
          m, k, b.array(), b.offset(), b.rowStride(), a.transposed(), c.transposed());
    } else {
      return false;
    }
    return true;
  }
}
