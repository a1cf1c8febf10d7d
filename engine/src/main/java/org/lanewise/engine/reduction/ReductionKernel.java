package org.lanewise.engine.reduction;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.elementwise.LaneFunctions;
import org.lanewise.engine.operation.Reduction;
import org.lanewise.engine.parallel.Workers;

/**
 * Reductions over any axes, in the order that {@link Combination} fixes.
 *
 * <p>Neighbouring axes count as one. Axes that are not neighbours are reduced one after the other,
 * the innermost first.
 */
public final class ReductionKernel {
  /** Elements read that are worth a task of their own. */
  private static final int GRAIN = 64 * 1024;

  private static final ThreadLocal<float[]> PARTIALS =
      ThreadLocal.withInitial(() -> new float[Combination.PARTIALS]);

  private static final ReductionKernel SUM = new ReductionKernel(Combination.SUM);
  private static final ReductionKernel MAX = new ReductionKernel(Combination.MAX);
  private static final ReductionKernel MIN = new ReductionKernel(Combination.MIN);

  private final Combination combination;
  private final ReductionLoop loop;

  private ReductionKernel(Combination combination) {
    this.combination = combination;
    this.loop = ReductionLoop.of(LaneFunctions.of(combination.operation()), combination.identity());
  }

  /**
   * Plans the reduction of x into y, which has the shape of x with 1 for each reduced axis, to be
   * run as often as wanted.
   */
  public static Runnable prepare(Reduction reduction, Tensor x, Tensor y) {
    ReductionKernel kernel =
        switch (reduction.kind()) {
          case SUM -> SUM;
          case MAX -> MAX;
          case MIN -> MIN;
        };
    List<Group> groups = groups(reduction.axes(), x.shape());
    if (groups.isEmpty()) {
      return () -> y.copyFrom(x);
    }
    Runnable[] stages = new Runnable[groups.size()];
    Tensor from = x;
    for (int i = 0; i < stages.length; i++) {
      Group group = groups.get(i);
      Tensor to = i == stages.length - 1 ? y : Tensor.zeros(group.outer * group.inner);
      stages[i] = kernel.reduce(group, from, to);
      from = to;
    }
    return () -> {
      for (Runnable stage : stages) {
        stage.run();
      }
    };
  }

  /** Plans to write the positions of the first largest elements along an axis. */
  public static Runnable argMax(int axis, Tensor x, Tensor y) {
    int n = x.shape().dimension(axis);
    int inner = x.shape().strides()[axis];
    int resultsOfTask = Math.max(1, GRAIN / Math.max(1, n));
    IntConsumer task =
        number -> {
          int end = Math.min(y.size(), (number + 1) * resultsOfTask);
          for (int i = number * resultsOfTask; i < end; i++) {
            int start = x.offset() + i / inner * n * inner + i % inner;
            y.array()[y.offset() + i] = argMax(x.array(), start, inner, n);
          }
        };
    int tasks = Math.ceilDiv(y.size(), resultsOfTask);
    return () -> Workers.forEach(tasks, task);
  }

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

  private Runnable reduce(Group group, Tensor x, Tensor y) {
    return group.inner == 1 ? reduceRows(group, x, y) : reduceColumns(group, x, y);
  }

  private Runnable reduceRows(Group group, Tensor x, Tensor y) {
    int rowsOfTask = Math.max(1, GRAIN / Math.max(1, group.n));
    IntConsumer body =
        task -> {
          float[] partials = PARTIALS.get();
          int end = Math.min(group.outer, (task + 1) * rowsOfTask);
          for (int row = task * rowsOfTask; row < end; row++) {
            y.array()[y.offset() + row] =
                reduceRow(x.array(), x.offset() + row * group.n, group.n, partials);
          }
        };
    int tasks = Math.ceilDiv(group.outer, rowsOfTask);
    return () -> Workers.forEach(tasks, body);
  }

  private float reduceRow(float[] x, int offset, int n, float[] partials) {
    float result = combination.identity();
    for (int block = 0; block < n; block += Combination.ROW_BLOCK) {
      int length = Math.min(Combination.ROW_BLOCK, n - block);
      loop.row(x, offset + block, length, partials);
      result = combination.apply(result, combination.finish(partials, 0, length));
    }
    return result;
  }

  private Runnable reduceColumns(Group group, Tensor x, Tensor y) {
    // Whole columns stay in one task; lines of 16 floats keep tasks from writing to the same cache
    // line.
    int columns = Math.max(16, GRAIN / Math.max(1, group.n) / 16 * 16);
    int pieces = Math.ceilDiv(group.inner, columns);
    IntConsumer body =
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
        };
    return () -> Workers.forEach(group.outer * pieces, body);
  }
}
