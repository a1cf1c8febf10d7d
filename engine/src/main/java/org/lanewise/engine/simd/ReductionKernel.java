package org.lanewise.engine.simd;

import java.util.ArrayList;
import java.util.List;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.operation.Elementwise;
import org.lanewise.engine.operation.Reduction;
import org.lanewise.engine.parallel.Workers;

/**
 * Reductions over any axes, in one fixed order.
 *
 * <p>Neighbouring axes count as one. Along the innermost axis, blocks of 4096 elements are gathered
 * in 64 partial results which are folded by halves; along other axes, rows are combined in blocks
 * of 64. Axes that are not neighbours are reduced one after the other, the innermost first.
 */
public final class ReductionKernel {
  /** Elements read that are worth a task of their own. */
  private static final int GRAIN = 64 * 1024;

  /** Elements of a row whose partial results are folded at once. */
  private static final int ROW_BLOCK = ReductionLoop.PARTIALS * ReductionLoop.BLOCK;

  private static final ThreadLocal<float[]> PARTIALS =
      ThreadLocal.withInitial(() -> new float[ReductionLoop.PARTIALS]);

  private static final ReductionKernel SUM = new ReductionKernel(Elementwise.ADD, 0, Float::sum);
  private static final ReductionKernel MAX =
      new ReductionKernel(Elementwise.MAXIMUM, Float.NEGATIVE_INFINITY, Math::max);
  private static final ReductionKernel MIN =
      new ReductionKernel(Elementwise.MINIMUM, Float.POSITIVE_INFINITY, Math::min);

  @FunctionalInterface
  private interface Combiner {
    float apply(float a, float b);
  }

  private final ReductionLoop loop;
  private final float identity;
  private final Combiner combiner;

  private ReductionKernel(Elementwise combine, float identity, Combiner combiner) {
    this.loop = ReductionLoop.of(LaneFunctions.of(combine), identity);
    this.identity = identity;
    this.combiner = combiner;
  }

  /** Reduces x into y, which has the shape of x with 1 for each reduced axis. */
  public static void run(Reduction reduction, Tensor x, Tensor y) {
    ReductionKernel kernel =
        switch (reduction.kind()) {
          case SUM -> SUM;
          case MAX -> MAX;
          case MIN -> MIN;
        };
    List<Group> groups = groups(reduction.axes(), x.shape());
    if (groups.isEmpty()) {
      y.copyFrom(x);
      return;
    }
    Tensor from = x;
    for (int i = 0; i < groups.size(); i++) {
      Group group = groups.get(i);
      Tensor to = i == groups.size() - 1 ? y : Tensor.zeros(group.outer * group.inner);
      kernel.reduce(group, from, to);
      from = to;
    }
  }

  /** Writes the position of the first largest element along an axis. */
  public static void argMax(int axis, Tensor x, Tensor y) {
    int n = x.shape().dimension(axis);
    int inner = x.shape().strides()[axis];
    int outer = y.size() / inner;
    for (int o = 0; o < outer; o++) {
      for (int j = 0; j < inner; j++) {
        int start = x.offset() + o * n * inner + j;
        int best = 0;
        float largest = x.array()[start];
        for (int i = 1; i < n && !Float.isNaN(largest); i++) {
          float value = x.array()[start + i * inner];
          if (value > largest || Float.isNaN(value)) {
            largest = value;
            best = i;
          }
        }
        y.array()[y.offset() + o * inner + j] = best;
      }
    }
  }

  /** A run of neighbouring axes that are reduced: x is [outer, n, inner]. */
  private record Group(int outer, int n, int inner) {}

  /**
   * The runs of neighbouring reduced axes, innermost first, each as it stands when those before are
   * done.
   */
  private static List<Group> groups(List<Integer> axes, Shape shape) {
    List<Group> groups = new ArrayList<>();
    int inner = 1;
    int axis = shape.rank() - 1;
    while (axis >= 0) {
      int n = 1;
      while (axis >= 0 && axes.contains(axis)) {
        n *= shape.dimension(axis--);
      }
      if (n != 1) {
        int outer = 1;
        for (int i = 0; i <= axis; i++) {
          outer *= shape.dimension(i);
        }
        groups.add(new Group(outer, n, inner));
      }
      while (axis >= 0 && !axes.contains(axis)) {
        inner *= shape.dimension(axis--);
      }
    }
    return groups;
  }

  private void reduce(Group group, Tensor x, Tensor y) {
    if (group.inner == 1) {
      reduceRows(group, x, y);
    } else {
      reduceColumns(group, x, y);
    }
  }

  private void reduceRows(Group group, Tensor x, Tensor y) {
    int rowsOfTask = Math.max(1, GRAIN / Math.max(1, group.n));
    Workers.forEach(
        Math.ceilDiv(group.outer, rowsOfTask),
        task -> {
          float[] partials = PARTIALS.get();
          int end = Math.min(group.outer, (task + 1) * rowsOfTask);
          for (int row = task * rowsOfTask; row < end; row++) {
            y.array()[y.offset() + row] =
                reduceRow(x.array(), x.offset() + row * group.n, group.n, partials);
          }
        });
  }

  private float reduceRow(float[] x, int offset, int n, float[] partials) {
    float result = identity;
    for (int block = 0; block < n; block += ROW_BLOCK) {
      int length = Math.min(ROW_BLOCK, n - block);
      int count = Math.min(length, partials.length);
      if (length <= partials.length) {
        System.arraycopy(x, offset + block, partials, 0, length);
      } else {
        loop.row(x, offset + block, length, partials);
      }
      result = combiner.apply(result, fold(partials, count));
    }
    return result;
  }

  /** Folds by halves: the upper half onto the lower, again and again. */
  private float fold(float[] partials, int count) {
    while (count > 1) {
      int half = Integer.highestOneBit(count - 1);
      for (int j = half; j < count; j++) {
        partials[j - half] = combiner.apply(partials[j - half], partials[j]);
      }
      count = half;
    }
    return partials[0];
  }

  private void reduceColumns(Group group, Tensor x, Tensor y) {
    // Whole columns stay in one task; lines of 16 floats keep tasks from writing to the same cache
    // line.
    int columns = Math.max(16, GRAIN / Math.max(1, group.n) / 16 * 16);
    int pieces = Math.ceilDiv(group.inner, columns);
    Workers.forEach(
        group.outer * pieces,
        task -> {
          int row = task / pieces;
          int from = task % pieces * columns;
          loop.columns(
              x.array(),
              x.offset() + row * group.n * group.inner + from,
              group.n,
              group.inner,
              y.array(),
              y.offset() + row * group.inner + from,
              Math.min(columns, group.inner - from));
        });
  }
}
