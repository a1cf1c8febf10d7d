package org.lanewise.engine.matrix;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lanewise.engine.vector.Contest;
import org.lanewise.engine.vector.Lanes;

/** Both tiers of a way to compute products, on small products for all of its code. */
final class ProductContest implements Contest {
  /** Rows of A that need every height of a register tile. */
  private static final int ROWS =
      (BlockSizes.MACHINE.tileRows() == TallTile.ROWS ? TallTile.ROWS : 0)
          + RegisterTile.MOST_ROWS
          + RegisterTile.FEWER_ROWS;

  /** Columns of B that fill a panel, and further ones: four, and some less. */
  private static final int COLUMNS = RegisterTile.COLUMNS + 7;

  /** Terms of a sum: so many that packing, which vectors need and plain loops do not, pays. */
  private static final int DEPTH = 64;

  /** Sizes of blocks by which sums are continued, too. */
  private static final BlockSizes SIZES = BlockSizes.MACHINE.depth(DEPTH / 2);

  private final ProductPath path;
  private final List<Runnable> idle = new ArrayList<>();
  private final List<Runnable> vectors = new ArrayList<>();
  private final List<Runnable> scalars = new ArrayList<>();
  private int turn;

  ProductContest(ProductPath path) {
    this.path = path;
    switch (path) {
      case ROW -> {
        add(1, COLUMNS, DEPTH, false, false);
        add(1, Lanes.COUNT - 1, DEPTH, false, false);
        // So large that rows are added one after the other.
        add(1, COLUMNS, VectorProduct.NEAR / COLUMNS + 1, false, false);
      }
      case PANELS -> {
        add(1, COLUMNS, DEPTH, false, false);
        add(1, 3 * RegisterTile.COLUMNS, DEPTH, false, false);
      }
      case DIRECT -> {
        add(ROWS, COLUMNS, DEPTH, false, false);
        add(RegisterTile.FEWER_ROWS + 1, RegisterTile.COLUMNS - 1, DEPTH, true, true);
        add(ThinTile.ROWS + 1, Lanes.COUNT, DEPTH, false, false);
      }
      case PACKED -> {
        for (boolean transposeA : new boolean[] {false, true}) {
          for (boolean transposeB : new boolean[] {false, true}) {
            add(ROWS, COLUMNS, DEPTH, transposeA, transposeB);
          }
        }
      }
    }
  }

  private void add(int m, int n, int k, boolean transposeA, boolean transposeB) {
    MatrixView a = matrix(m, k, transposeA);
    MatrixView b = matrix(k, n, transposeB);
    MatrixResult c = new MatrixResult(matrix(m, n, false), 0, 0, TileEpilogue.NONE);
    RightOperand right =
        path == ProductPath.PANELS ? RightOperand.packed(b, k, n) : RightOperand.of(b);
    vectors.add(path.vectors(SIZES, m, n, k, a, right, c));
    scalars.add(new ScalarProduct(m, n, k, a, b, c.view()));
    for (int height = 1; height <= m; height += RegisterTile.FEWER_ROWS) {
      idle.add(
          path.vectors(
              SIZES, height, Math.min(n, RegisterTile.COLUMNS), RegisterTile.TERMS, a, right, c));
    }
  }

  /** A matrix of halves. */
  private static MatrixView matrix(int rows, int columns, boolean transposed) {
    float[] array = new float[rows * columns];
    Arrays.fill(array, 0.5f);
    return transposed ? new MatrixView(array, 0, 1, rows) : new MatrixView(array, 0, columns, 1);
  }

  /** One of the products with as little to do as possible, each in turn. */
  @Override
  public void idle() {
    idle.get(turn++ % idle.size()).run();
  }

  @Override
  public void vectors() {
    vectors.forEach(Runnable::run);
  }

  @Override
  public void scalars() {
    scalars.forEach(Runnable::run);
  }
}
