package org.lanewise.engine.matrix;

import org.jspecify.annotations.Nullable;

/** A matrix product of one thread on plain loops at first, and on vectors once they are faster. */
final class TieredProduct implements Runnable {
  private final ProductPath path;
  private final int m;
  private final int n;
  private final int k;
  private final MatrixView a;
  private final RightOperand b;
  private final MatrixResult c;
  private final ScalarProduct scalars;

  /** Planned when it is first run: an operand may have to be packed for it. */
  private @Nullable Runnable vectors;

  /** C = A · B as in {@link MatrixProductTasks#tasks}, for m, n and k of at least 1. */
  TieredProduct(
      ProductPath path, int m, int n, int k, MatrixView a, RightOperand b, MatrixResult c) {
    this.path = path;
    this.m = m;
    this.n = n;
    this.k = k;
    this.a = a;
    this.b = b;
    this.c = c;
    scalars = new ScalarProduct(m, n, k, a, b.view(), c.view());
  }

  @Override
  public void run() {
    if (path.tiers().useVectors()) {
      vectors().run();
      return;
    }
    long start = System.nanoTime();
    scalars.run();
    path.tiers().spend(System.nanoTime() - start);
    c.finish(0, 0, m, n);
  }

  private Runnable vectors() {
    Runnable product = vectors;
    if (product == null) {
      product = path.vectors(BlockSizes.MACHINE, m, n, k, a, b, c);
      vectors = product;
    }
    return product;
  }
}
