package org.lanewise.engine.matrix;

import java.util.ArrayList;
import java.util.List;
import org.lanewise.engine.operation.MatrixProduct;
import org.lanewise.engine.reduction.ReductionOrder;

/**
 * The matrix product of one thread whose sums have several segments: a product for each segment,
 * added in pairs as they come, like the digits of a binary counter. So there are never more of them
 * than the counter has digits.
 */
final class DeepMatrixProduct implements Runnable {
  private final int m;
  private final int n;
  private final MatrixResult result;
  private final Runnable[] segments;

  /** The results that wait for their pair, the oldest first: it is in C. */
  private final MatrixView[] sums;

  private DeepMatrixProduct(
      int m, int n, MatrixResult result, Runnable[] segments, MatrixView[] sums) {
    this.m = m;
    this.n = n;
    this.result = result;
    this.segments = segments;
    this.sums = sums;
  }

  /** C = A · B as in {@link MatrixProductTasks#tasks}, for m and n of at least 1. */
  static ProductTask task(int m, int n, int k, MatrixView a, RightOperand b, MatrixResult result) {
    int count = Math.ceilDiv(k, MatrixProduct.SEGMENT);
    MatrixView[] sums = new MatrixView[Integer.SIZE - Integer.numberOfLeadingZeros(count - 1) + 1];
    sums[0] = result.view();
    for (int i = 1; i < sums.length; i++) {
      sums[i] = new MatrixView(new float[m * n], 0, n, 1);
    }
    List<ProductTask> segments = new ArrayList<>();
    for (int s = 0; s < count; s++) {
      int p = s * MatrixProduct.SEGMENT;
      int depth = Math.min(MatrixProduct.SEGMENT, k - p);
      // As many sums wait before it as its number has ones.
      MatrixResult sum = new MatrixResult(sums[Integer.bitCount(s)], 0, 0, TileEpilogue.NONE);
      segments.add(MatrixProductTasks.segment(m, n, depth, a.from(0, p), b.from(p, 0), sum));
    }
    Runnable[] work = segments.stream().map(ProductTask::work).toArray(Runnable[]::new);
    return new ProductTask(
        segments.stream().flatMap(segment -> segment.tiers().stream()).distinct().toList(),
        new DeepMatrixProduct(m, n, result, work, sums));
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
      ReductionOrder.SUM.combine(x1.array(), x1.at(i, 0), x.array(), x.at(i, 0), n);
    }
  }
}
