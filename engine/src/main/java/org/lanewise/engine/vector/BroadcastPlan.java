package org.lanewise.engine.vector;

import java.util.Arrays;
import java.util.List;
import org.lanewise.engine.Shape;

/**
 * The walk over operands that fills a broadcast result: as few loops as possible, and for each
 * operand a stride for every loop, 0 where it repeats. The innermost stride of each operand is 0 or
 * 1.
 */
public final class BroadcastPlan {
  /** The lengths of the loops, outermost first; at least one. */
  public final int[] lengths;

  /** For each operand the elements that each loop moves on. */
  public final int[][] strides;

  private BroadcastPlan(int[] lengths, int[][] strides) {
    this.lengths = lengths;
    this.strides = strides;
  }

  /** The plan of a result whose operands broadcast to its shape. */
  public static BroadcastPlan of(List<Shape> operands, Shape result) {
    int rank = result.rank();
    int[][] full = new int[operands.size()][];
    for (int i = 0; i < full.length; i++) {
      full[i] = broadcastStrides(operands.get(i), rank);
    }
    // Neighbouring loops become one where every operand walks through both in even steps.
    int[] lengths = new int[Math.max(1, rank)];
    int[][] strides = new int[full.length][lengths.length];
    int loops = 0;
    for (int axis = 0; axis < rank; axis++) {
      int length = result.dimension(axis);
      if (length == 1) {
        continue;
      }
      boolean joins = loops > 0;
      for (int i = 0; joins && i < full.length; i++) {
        joins = strides[i][loops - 1] == full[i][axis] * length;
      }
      if (joins) {
        lengths[loops - 1] *= length;
      } else {
        lengths[loops++] = length;
      }
      for (int i = 0; i < full.length; i++) {
        strides[i][loops - 1] = full[i][axis];
      }
    }
    if (loops == 0) {
      lengths[loops++] = 1;
    }
    for (int i = 0; i < strides.length; i++) {
      strides[i] = Arrays.copyOf(strides[i], loops);
    }
    return new BroadcastPlan(Arrays.copyOf(lengths, loops), strides);
  }

  /**
   * The strides of a row-major operand aligned at the last of {@code rank} axes, 0 where it
   * repeats.
   */
  public static int[] broadcastStrides(Shape operand, int rank) {
    int[] own = operand.strides();
    int[] strides = new int[rank];
    int lead = rank - own.length;
    for (int axis = 0; axis < own.length; axis++) {
      strides[lead + axis] = operand.dimension(axis) == 1 ? 0 : own[axis];
    }
    return strides;
  }

  /** The length of the innermost loop. */
  public int inner() {
    return lengths[lengths.length - 1];
  }

  /** How often the innermost loop runs. */
  public int rows() {
    int rows = 1;
    for (int loop = 0; loop < lengths.length - 1; loop++) {
      rows *= lengths[loop];
    }
    return rows;
  }

  /** Whether an operand stands still in the innermost loop. */
  public boolean repeats(int operand) {
    return strides[operand][lengths.length - 1] == 0;
  }

  /** The number of elements of the result. */
  public int places() {
    return rows() * inner();
  }

  /**
   * Where an operand's element for a place of the result is, counted from the operand's first
   * element.
   */
  public int at(int operand, int place) {
    int last = lengths.length - 1;
    return start(operand, place / lengths[last]) + place % lengths[last] * strides[operand][last];
  }

  /** Where an operand's part of a row begins, counted from the operand's first element. */
  public int start(int operand, int row) {
    int start = 0;
    for (int loop = lengths.length - 2; loop >= 0; loop--) {
      start += row % lengths[loop] * strides[operand][loop];
      row /= lengths[loop];
    }
    return start;
  }
}
