package org.lanewise.engine.reduction;

import java.util.function.IntConsumer;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.parallel.Workers;

/** The positions of the largest elements. */
public final class ArgMaxKernel {
  /** Elements read that are worth a task of their own. */
  private static final int GRAIN = 64 * 1024;

  private ArgMaxKernel() {}

  /** Plans to write the positions of the first largest elements along an axis. */
  public static Runnable prepare(int axis, Tensor x, Tensor y) {
    int n = x.shape().dimension(axis);
    int inner = x.shape().strides()[axis];
    int resultsOfTask = Math.max(1, GRAIN / Math.max(1, n));
    IntConsumer task =
        number -> {
          int end = Math.min(y.size(), (number + 1) * resultsOfTask);
          for (int i = number * resultsOfTask; i < end; i++) {
            int start = x.offset() + i / inner * n * inner + i % inner;
            y.storage()[y.offset() + i] = argMax(x.storage(), start, inner, n);
          }
        };
    int tasks = Math.ceilDiv(y.size(), resultsOfTask);
    return () -> Workers.forEach(tasks, task);
  }

  /** The position of the first largest of n elements, or of the first NaN. */
  private static int argMax(float[] x, int start, int step, int n) {
    int best = 0;
    float largest = x[start];
    for (int i = 1; i < n && !Float.isNaN(largest); i++) {
      float value = x[start + i * step];
      if (value > largest || Float.isNaN(value)) {
        largest = value;
        best = i;
      }
    }
    return best;
  }
}
