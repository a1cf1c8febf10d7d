package org.lanewise.engine.movement;

import java.util.Arrays;
import java.util.List;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.vector.BroadcastPlan;

/** Operations that move elements without computing: all are strided copies, planned once. */
public final class Movement {
  /**
   * Rows and columns of a block that is transposed at a time: two such blocks fit the first-level
   * cache.
   */
  private static final int BLOCK = 32;

  private Movement() {}

  /** Axis i of y is axis {@code permutation.get(i)} of x. */
  public static Runnable transpose(List<Integer> permutation, Tensor x, Tensor y) {
    int[] own = x.shape().strides();
    int[] strides = new int[own.length];
    for (int axis = 0; axis < strides.length; axis++) {
      strides[axis] = own[permutation.get(axis)];
    }
    return copy(y.shape(), x, 0, strides, y, 0, y.shape().strides());
  }

  /** Repeats x to the shape of y. */
  public static Runnable broadcast(Tensor x, Tensor y) {
    int[] strides = BroadcastPlan.broadcastStrides(x.shape(), y.shape().rank());
    return copy(y.shape(), x, 0, strides, y, 0, y.shape().strides());
  }

  /** Cuts the box that starts at the given positions and has the shape of y. */
  public static Runnable slice(List<Integer> starts, Tensor x, Tensor y) {
    int[] strides = x.shape().strides();
    return copy(y.shape(), x, position(starts, strides), strides, y, 0, y.shape().strides());
  }

  /** Puts x into zeros, the given counts of them before it. */
  public static Runnable pad(List<Integer> before, Tensor x, Tensor y) {
    int[] strides = y.shape().strides();
    int start = position(before, strides);
    Runnable copy = copy(x.shape(), x, 0, x.shape().strides(), y, start, strides);
    return () -> {
      Arrays.fill(y.storage(), y.offset(), y.offset() + y.size(), 0);
      copy.run();
    };
  }

  /** Puts the operands one after the other along an axis. */
  public static Runnable concatenate(int axis, List<Tensor> operands, Tensor y) {
    int[] strides = y.shape().strides();
    Runnable[] copies = new Runnable[operands.size()];
    int done = 0;
    for (int i = 0; i < copies.length; i++) {
      Tensor x = operands.get(i);
      copies[i] = copy(x.shape(), x, 0, x.shape().strides(), y, done * strides[axis], strides);
      done += x.shape().dimension(axis);
    }
    return () -> {
      for (Runnable copy : copies) {
        copy.run();
      }
    };
  }

  private static int position(List<Integer> index, int[] strides) {
    int position = 0;
    for (int axis = 0; axis < strides.length; axis++) {
      position += index.get(axis) * strides[axis];
    }
    return position;
  }

  /**
   * Copies a box of the given lengths from x, starting at an element and with a stride an axis, to
   * y alike. The innermost stride of y is 1.
   */
  private static Runnable copy(
      Shape box, Tensor x, int startX, int[] stridesX, Tensor y, int startY, int[] stridesY) {
    if (box.size() == 0) {
      return () -> {};
    }
    Copy copy = new Copy(box.dimensions(), x.storage(), stridesX, y.storage(), stridesY);
    int fromX = x.offset() + startX;
    int fromY = y.offset() + startY;
    return () -> copy.run(0, fromX, fromY);
  }

  /** A copy of a box of the given lengths, with a stride an axis in both arrays. */
  private record Copy(int[] lengths, float[] x, int[] stridesX, float[] y, int[] stridesY) {
    /** Copies what lies along the axes from one on, starting at an element of each array. */
    void run(int axis, int offset, int offsetY) {
      int left = lengths.length - axis;
      if (left == 0) {
        y[offsetY] = x[offset];
      } else if (left == 1) {
        copyRow(lengths[axis], x, offset, stridesX[axis], y, offsetY);
      } else if (left == 2 && stridesX[axis] == 1 && stridesX[axis + 1] > 1) {
        copyColumns(offset, offsetY);
      } else {
        for (int i = 0; i < lengths[axis]; i++) {
          run(axis + 1, offset + i * stridesX[axis], offsetY + i * stridesY[axis]);
        }
      }
    }

    /**
     * Row i of y, contiguous, is a column of x: in blocks, so that the lines of x are read once.
     */
    private void copyColumns(int offset, int offsetY) {
      int rows = lengths[lengths.length - 2];
      int columns = lengths[lengths.length - 1];
      int stride = stridesX[lengths.length - 1];
      int strideY = stridesY[lengths.length - 2];
      for (int i0 = 0; i0 < rows; i0 += BLOCK) {
        int i1 = Math.min(rows, i0 + BLOCK);
        for (int j0 = 0; j0 < columns; j0 += BLOCK) {
          int j1 = Math.min(columns, j0 + BLOCK);
          for (int i = i0; i < i1; i++) {
            for (int j = j0; j < j1; j++) {
              y[offsetY + i * strideY + j] = x[offset + i + j * stride];
            }
          }
        }
      }
    }
  }

  private static void copyRow(int n, float[] x, int offset, int stride, float[] y, int offsetY) {
    if (stride == 1) {
      System.arraycopy(x, offset, y, offsetY, n);
    } else if (stride == 0) {
      Arrays.fill(y, offsetY, offsetY + n, x[offset]);
    } else {
      for (int i = 0; i < n; i++) {
        y[offsetY + i] = x[offset + i * stride];
      }
    }
  }
}
