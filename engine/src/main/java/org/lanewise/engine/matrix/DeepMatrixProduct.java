package org.lanewise.engine.matrix;

import org.lanewise.engine.elementwise.ElementwiseLoop;
import org.lanewise.engine.elementwise.ElementwiseLoops;
import org.lanewise.engine.operation.Elementwise;
import org.lanewise.engine.operation.MatrixProduct;

/**
 * The matrix product of one thread whose sums have several segments: a product for each segment,
 * added in pairs as they come, like the digits of a binary counter. So there are never more of them
 * than the counter has digits.
 */
final class DeepMatrixProduct implements Runnable {
  private static final ElementwiseLoop ADD = ElementwiseLoops.of(Elementwise.ADD);

  private final int m;
  private final int n;
  private final MatrixResult result;
  private final Runnable[] segments;

  /** The results that wait for their pair, the oldest first: it is in C. */
  private final MatrixView[] sums;

  /** C = A · B as in {@link MatrixProductTasks#tasks}, for m and n of at least 1. */
  DeepMatrixProduct(int m, int n, int k, MatrixView a, RightOperand b, MatrixResult result) {
    this.m = m;
    this.n = n;
    this.result = result;
    int count = Math.ceilDiv(k, MatrixProduct.SEGMENT);
    segments = new Runnable[count];
    sums = new MatrixView[Integer.SIZE - Integer.numberOfLeadingZeros(count - 1) + 1];
    sums[0] = result.view();
    for (int i = 1; i < sums.length; i++) {
      sums[i] = new MatrixView(new float[m * n], 0, n, 1);
    }
    for (int s = 0; s < count; s++) {
      int p = s * MatrixProduct.SEGMENT;
      int depth = Math.min(MatrixProduct.SEGMENT, k - p);
      // As many sums wait before it as its number has ones.
      MatrixResult sum = new MatrixResult(sums[Integer.bitCount(s)], 0, 0, TileEpilogue.NONE);
      segments[s] = MatrixProductTasks.segment(m, n, depth, a.from(0, p), b.from(p, 0), sum);
    }
  }

  @Override
  public void run() {
    int waiting = 0;
    for (int s = 0; s < segments.length; s++) {
      segments[s].run();
      waiting++;
      for (int pairs = s + 1; pairs % 2 == 0; pairs /= 2) {
        addLast(--waiting);
      }
    }
    while (waiting > 1) {
      addLast(--waiting);
    }
    result.finish(0, 0, m, n);
  }

  /** Adds the last sum to the one before. */
  private void addLast(int last) {
    MatrixView x = sums[last - 1];
    MatrixView x1 = sums[last];
    for (int i = 0; i < m; i++) {
      int to = x.at(i, 0);
      int at = x1.at(i, 0);
      ADD.run(x.array(), to, x1.array(), at, x1.array(), at, x.array(), to, n);
    }
  }
}
