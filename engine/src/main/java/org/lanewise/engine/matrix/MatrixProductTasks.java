package org.lanewise.engine.matrix;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
  static List<ProductTask> tasks(
      int m, int n, int k, MatrixView a, RightOperand b, MatrixResult c, int parts) {
    int bands = bands(m, n, parts);
    int stripes = Math.min(parts / bands, Math.ceilDiv(n, BlockSizes.TILE_COLUMNS));
    if (bands * stripes == 1) {
      return List.of(task(m, n, k, a, b, c));
    }
    int rows = BlockSizes.evenly(m, Math.ceilDiv(m, bands), BlockSizes.MACHINE.tileRows());
    int columns = BlockSizes.evenly(n, Math.ceilDiv(n, stripes), BlockSizes.TILE_COLUMNS);
    List<ProductTask> tasks = new ArrayList<>();
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
      int stripes = Math.min(tasks / bands, Math.ceilDiv(n, BlockSizes.TILE_COLUMNS));
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
  private static ProductTask task(
      int m, int n, int k, MatrixView a, RightOperand b, MatrixResult c) {
    return k > MatrixProduct.SEGMENT
        ? DeepMatrixProduct.task(m, n, k, a, b, c)
        : segment(m, n, k, a, b, c);
  }

  /** A product whose sums are single segments. */
  static ProductTask segment(int m, int n, int k, MatrixView a, RightOperand b, MatrixResult c) {
    if (k == 0) {
      return ProductTask.of(then(c, m, n, () -> clear(m, n, c.view())));
    }
    MatrixView y = b.view();
    boolean row = m == 1 && a.columnStride() == 1;
    boolean column = n == 1 && y.rowStride() == 1;
    if (b.panels() != null) {
      return tiered(row ? ProductPath.PANELS : ProductPath.PACKED, m, n, k, a, b, c);
    }
    if (row && y.columnStride() == 1) {
      return tiered(ProductPath.ROW, m, n, k, a, b, c);
    }
    if (row && y.rowStride() == 1) {
      return ProductTask.of(then(c, m, n, dots(n, k, y.transposed(), a, c.view().transposed())));
    }
    if (column && a.columnStride() == 1) {
      return ProductTask.of(then(c, m, n, dots(m, k, a, y, c.view())));
    }
    if (column && a.rowStride() == 1 && c.view().rowStride() == 1) {
      MatrixResult transposed = new MatrixResult(c.view().transposed(), 0, 0, TileEpilogue.NONE);
      RightOperand right = RightOperand.of(a.transposed());
      ProductTask task = tiered(ProductPath.ROW, 1, m, k, y.transposed(), right, transposed);
      return new ProductTask(task.tiers(), then(c, m, n, task.work()));
    }
    // Where neither operand would be copied whole first: a copy of a narrow B is a tile wide.
    boolean inPlace = a.columnStride() == 1 && y.columnStride() == 1;
    boolean fewRows = inPlace && m <= BlockSizes.DIRECT_ROWS && n >= BlockSizes.TILE_COLUMNS;
    long most = inPlace ? BlockSizes.MACHINE.direct() : BlockSizes.DIRECT_VOLUME;
    boolean thin = n <= BlockSizes.TILE_COLUMNS / 2 && a.columnStride() == 1;
    boolean direct = fewRows || thin || (long) m * n * k <= most;
    return tiered(direct ? ProductPath.DIRECT : ProductPath.PACKED, m, n, k, a, b, c);
  }

  private static ProductTask tiered(
      ProductPath path, int m, int n, int k, MatrixView a, RightOperand b, MatrixResult c) {
    return new ProductTask(List.of(path.tiers()), new TieredProduct(path, m, n, k, a, b, c));
  }

  private static Runnable dots(int m, int k, MatrixView a, MatrixView x, MatrixView y) {
    return () -> DotProducts.multiply(m, k, a, x.array(), x.offset(), y);
  }

  /** Computes all of a product and hands it to its epilogue. */
  private static Runnable then(MatrixResult c, int m, int n, Runnable alone) {
    return () -> {
      alone.run();
      c.finish(0, 0, m, n);
    };
  }

  private static void clear(int m, int n, MatrixView c) {
    for (int i = 0; i < m; i++) {
      Arrays.fill(c.array(), c.at(i, 0), c.at(i, n), 0f);
    }
  }
}
