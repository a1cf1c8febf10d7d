package org.lanewise.engine.reduction;

import java.util.Arrays;
import org.lanewise.engine.operation.Elementwise;
import org.lanewise.engine.operation.Reduction;

/**
 * The operation by which a reduction combines elements, and its order.
 *
 * <p>Along the innermost axis, blocks of {@link #ROW_BLOCK} elements are gathered in {@link
 * #PARTIALS} partial results (partial j gets the elements j, j + PARTIALS, … in their order), which
 * are folded by halves. Along other axes rows are combined in order within blocks of {@link
 * #BLOCK}, from the identity on. The results of blocks are folded by halves in turn, so that the
 * rounding of sums grows with the logarithm of their length. No lane width and no number of threads
 * changes that.
 */
public enum ReductionOrder {
  /** Sums. */
  SUM(Elementwise.ADD, 0),
  /** Maxima. */
  MAX(Elementwise.MAXIMUM, Float.NEGATIVE_INFINITY),
  /** Minima. */
  MIN(Elementwise.MINIMUM, Float.POSITIVE_INFINITY);

  /** Partial results that a row is gathered in: a multiple of the lanes of the widest vector. */
  public static final int PARTIALS = 64;

  /** Rounds of partials, or rows of a column, that are combined before they join the rest. */
  public static final int BLOCK = 64;

  /** Elements of a row whose partial results are folded at once. */
  public static final int ROW_BLOCK = PARTIALS * BLOCK;

  private final Elementwise operation;
  private final float identity;

  ReductionOrder(Elementwise operation, float identity) {
    this.operation = operation;
    this.identity = identity;
  }

  /** The combination of a kind of reduction. */
  public static ReductionOrder of(Reduction.Kind kind) {
    return switch (kind) {
      case SUM -> SUM;
      case MAX -> MAX;
      case MIN -> MIN;
    };
  }

  /** The operation that combines two elements. */
  public Elementwise operation() {
    return operation;
  }

  /** The element that every order starts from. */
  public float identity() {
    return identity;
  }

  /**
   * Combines the n elements of y from {@code to} on with those of x from {@code from} on. Each kind
   * has a loop of its own, which is compiled for it.
   */
  public void combine(float[] x, int from, float[] y, int to, int n) {
    switch (this) {
      case SUM -> {
        for (int i = 0; i < n; i++) {
          y[to + i] += x[from + i];
        }
      }
      case MAX -> {
        for (int i = 0; i < n; i++) {
          y[to + i] = Math.max(y[to + i], x[from + i]);
        }
      }
      case MIN -> {
        for (int i = 0; i < n; i++) {
          y[to + i] = Math.min(y[to + i], x[from + i]);
        }
      }
    }
  }

  /** Combines rows that lie one after the other in x with one row of y, in their order. */
  public void addRows(float[] x, int rows, int columns, float[] y, int to) {
    for (int row = 0; row < rows; row++) {
      combine(x, row * columns, y, to, columns);
    }
  }

  /** Begins a block of a row: its partial results, a numbered group of them, are the identity. */
  public void start(float[] partials, int group) {
    Arrays.fill(partials, group * PARTIALS, (group + 1) * PARTIALS, identity);
  }

  /**
   * Adds n elements of a row to a group of partial results. The elements before them, if any, were
   * a multiple of {@link #PARTIALS}.
   */
  public void gather(float[] x, int from, int n, float[] partials, int group) {
    for (int done = 0; done < n; done += PARTIALS) {
      combine(x, from + done, partials, group * PARTIALS, Math.min(PARTIALS, n - done));
    }
  }

  /**
   * The result of a block of a row of n elements, at least 1: folds its partial results by halves,
   * the upper half onto the lower, again and again. They are overwritten.
   */
  public float finish(float[] partials, int group, int n) {
    int from = group * PARTIALS;
    fold(partials, from, Math.min(n, PARTIALS));
    return partials[from];
  }

  /**
   * Folds elements by halves, the upper half onto the lower, again and again: the first is the
   * result. The others are overwritten.
   */
  public void fold(float[] x, int from, int count) {
    int left = count;
    while (left > 1) {
      int half = half(left);
      int to = from + left;
      switch (this) {
        case SUM -> {
          for (int j = from + half; j < to; j++) {
            x[j - half] += x[j];
          }
        }
        case MAX -> {
          for (int j = from + half; j < to; j++) {
            x[j - half] = Math.max(x[j - half], x[j]);
          }
        }
        case MIN -> {
          for (int j = from + half; j < to; j++) {
            x[j - half] = Math.min(x[j - half], x[j]);
          }
        }
      }
      left = half;
    }
  }

  /** The number of elements that are left when the rest is folded onto them; 0 of one. */
  public static int half(int count) {
    return Integer.highestOneBit(Math.max(0, count - 1));
  }
}
