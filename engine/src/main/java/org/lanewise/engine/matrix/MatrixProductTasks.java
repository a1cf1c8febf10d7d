package org.lanewise.engine.matrix;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lanewise.engine.operation.MatrixProduct;
import org.lanewise.engine.parallel.Workers;

/** The single precision matrix product over strided operands: how it is divided and computed. */
final class MatrixProductTasks {
  private MatrixProductTasks() {}

  /** How many threads are worth using for so many multiplications. */
  static int threads(long volume) {
    return Math.clamp(volume / BlockSizes.PARALLEL_VOLUME, 1, Workers.count());
  }

  /**
   * Independent tasks that together overwrite C with A · B and hand it to its epilogue.
   *
   * <p>Each element of C is the sum that {@link MatrixProduct} defines, so its bits depend on
   * nothing but its row of A and its column of B: not on lanes, blocks or threads (which NaN a sum
   * of several NaNs gives is left open). With k = 0 it is +0. A transposed operand is one whose
   * strides are exchanged. C must not overlap A or B; what lies between its rows is left alone.
   *
   * @param m the rows of A and C, at least 1
   * @param n the columns of B and C, at least 1
   * @param k the columns of A and rows of B
   * @param a the left operand, m × k
   * @param b the right operand, k × n
   * @param c receives the product, m × n
   * @param parts about how many tasks to make
   */
  static List<Runnable> tasks(
      int m, int n, int k, MatrixView a, RightOperand b, MatrixResult c, int parts) {
    int bands = bands(m, n, parts);
    int stripes = Math.min(parts / bands, Math.ceilDiv(n, RegisterTile.COLUMNS));
    if (bands * stripes == 1) {
      return List.of(task(m, n, k, a, b, c));
    }
    int rows = BlockSizes.evenly(m, Math.ceilDiv(m, bands), BlockSizes.MACHINE.tileRows());
    int columns = BlockSizes.evenly(n, Math.ceilDiv(n, stripes), RegisterTile.COLUMNS);
    List<Runnable> tasks = new ArrayList<>();
    for (int i = 0; i < m; i += rows) {
      for (int j = 0; j < n; j += columns) {
        int height = Math.min(rows, m - i);
        int width = Math.min(columns, n - j);
        tasks.add(task(height, width, k, a.from(i, 0), b.from(0, j), c.from(i, j)));
      }
    }
    return tasks;
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

  /** The product as one task of one thread. */
  private static Runnable task(int m, int n, int k, MatrixView a, RightOperand b, MatrixResult c) {
    return k > MatrixProduct.SEGMENT
        ? new DeepMatrixProduct(m, n, k, a, b, c)
        : segment(m, n, k, a, b, c);
  }

  /** A product whose sums are single segments. */
  static Runnable segment(int m, int n, int k, MatrixView a, RightOperand b, MatrixResult c) {
    Runnable alone =
        b.panels() == null
            ? unpacked(m, n, k, a, b.view(), c.view())
            : packed(m, n, k, a, b, c.view());
    if (alone == null) {
      return new PackedMatrixProduct(BlockSizes.MACHINE, m, n, k, a, b, c);
    }
    return () -> {
      alone.run();
      c.finish(0, 0, m, n);
    };
  }

  /** The product of a vector and an operand that is packed already. */
  private static @Nullable Runnable packed(
      int m, int n, int k, MatrixView a, RightOperand b, MatrixView c) {
    float[] panels = b.panels();
    if (m > 1 || a.columnStride() != 1 || panels == null) {
      return null;
    }
    int panel = b.at(0, 0);
    int length = b.panelLength();
    return () -> VectorProduct.sumPanels(n, k, a.array(), a.offset(), panels, panel, length, c);
  }

  /** The product by a path that reads the operands as they lie, if one suits them. */
  private static @Nullable Runnable unpacked(
      int m, int n, int k, MatrixView a, MatrixView b, MatrixView c) {
    if (k == 0) {
      return () -> clear(m, n, c);
    }
    boolean row = m == 1 && a.columnStride() == 1;
    boolean column = n == 1 && b.rowStride() == 1;
    if (row && b.columnStride() == 1) {
      return () -> VectorProduct.sumRows(n, k, a.array(), a.offset(), b, c);
    }
    if (row && b.rowStride() == 1) {
      MatrixView rows = b.transposed();
      MatrixView y = c.transposed();
      return () -> VectorProduct.multiplyRows(n, k, rows, a.array(), a.offset(), y);
    }
    if (column && a.columnStride() == 1) {
      return () -> VectorProduct.multiplyRows(m, k, a, b.array(), b.offset(), c);
    }
    if (column && a.rowStride() == 1 && c.rowStride() == 1) {
      MatrixView rows = a.transposed();
      MatrixView y = c.transposed();
      return () -> VectorProduct.sumRows(m, k, b.array(), b.offset(), rows, y);
    }
    // Where neither operand would be copied whole first: a copy of a narrow B is a tile wide.
    boolean fewRows =
        m <= BlockSizes.DIRECT_ROWS
            && n >= RegisterTile.COLUMNS
            && a.columnStride() == 1
            && b.columnStride() == 1;
    if (fewRows || (long) m * n * k <= BlockSizes.DIRECT_VOLUME) {
      return new DirectMatrixProduct(m, n, k, a, b, c);
    }
    return null;
  }

  private static void clear(int m, int n, MatrixView c) {
    for (int i = 0; i < m; i++) {
      Arrays.fill(c.array(), c.at(i, 0), c.at(i, n), 0f);
    }
  }
}
