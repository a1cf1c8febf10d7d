package org.lanewise.engine.matrix;

import java.util.Objects;
import org.lanewise.engine.vector.Tiers;

/** The ways in which a matrix product is computed with vectors. */
enum ProductPath {
  /** A row times a matrix whose rows are contiguous. */
  ROW,
  /** A row times a constant matrix, packed. */
  PANELS,
  /** A matrix product too small to repay packing. */
  DIRECT,
  /** A matrix product whose operands are packed. */
  PACKED;

  private final Tiers tiers = new Tiers(() -> new ProductContest(this));

  /** Whether the way is taken, or plain loops still serve. */
  Tiers tiers() {
    return tiers;
  }

  /** The product as vectors compute it, in blocks of such sizes if it is divided into blocks. */
  Runnable vectors(
      BlockSizes sizes, int m, int n, int k, MatrixView a, RightOperand b, MatrixResult c) {
    return switch (this) {
      case ROW ->
          () -> {
            VectorProduct.sumRows(n, k, a.array(), a.offset(), b.view(), c.view());
            c.finish(0, 0, m, n);
          };
      case PANELS -> {
        Panels panels = Objects.requireNonNull(b.panels());
        float[] array = panels.array();
        int first = panels.at(b.row(), b.column());
        yield () -> {
          VectorProduct.sumPanels(
              n, k, a.array(), a.offset(), array, first, panels.length(), c.view());
          c.finish(0, 0, m, n);
        };
      }
      case DIRECT -> {
        Runnable product = new DirectMatrixProduct(m, n, k, a, b.view(), c.view());
        yield () -> {
          product.run();
          c.finish(0, 0, m, n);
        };
      }
      case PACKED -> new PackedMatrixProduct(sizes, m, n, k, a, b, c);
    };
  }
}
