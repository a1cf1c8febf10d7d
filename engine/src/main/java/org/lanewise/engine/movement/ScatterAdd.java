package org.lanewise.engine.movement;

import java.util.Arrays;
import org.lanewise.engine.Tensor;

/** Sums of rows by their positions, planned once to be run often. */
final class ScatterAdd {
  private final Tensor updates;
  private final Tensor positions;
  private final Tensor y;
  private final int rows;
  private final int width;

  /** Where the updates of each row end in the order of rows. */
  private final int[] ends;

  /** The updates in the order of rows, those of a row as they come. */
  private final int[] order;

  /** Sums of blocks that wait for their pair, the oldest of which is in y. */
  private final float[][] waiting;

  ScatterAdd(Tensor updates, Tensor positions, Tensor y) {
    this.updates = updates;
    this.positions = positions;
    this.y = y;
    rows = y.shape().dimension(0);
    width = RowKernel.width(updates, positions);
    ends = new int[rows];
    order = new int[positions.size()];
    int blocks = Math.ceilDiv(positions.size(), RowKernel.BLOCK);
    int levels = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(0, blocks - 1));
    waiting = new float[levels][width];
  }

  void run() {
    sort();
    Arrays.fill(y.storage(), y.offset(), y.offset() + y.size(), 0);
    int from = 0;
    for (int row = 0; row < rows; row++) {
      addRow(y.offset() + row * width, from, ends[row]);
      from = ends[row];
    }
  }

  /** Sorts the updates by their rows, counting them. */
  private void sort() {
    Arrays.fill(ends, 0);
    for (int i = 0; i < order.length; i++) {
      ends[RowKernel.row("scatter_add_rows", positions, i, rows)]++;
    }
    int start = 0;
    for (int row = 0; row < rows; row++) {
      start += ends[row];
      ends[row] = start;
    }
    for (int i = order.length - 1; i >= 0; i--) {
      order[--ends[(int) positions.storage()[positions.offset() + i]]] = i;
    }
    // Now they are the starts, each of which is the end of the row before.
    for (int row = 0; row < rows; row++) {
      ends[row] = row + 1 < rows ? ends[row + 1] : order.length;
    }
  }

  /** Adds the updates of a row to zeros. */
  private void addRow(int to, int from, int end) {
    int sums = 0;
    for (int block = 0; from + block * RowKernel.BLOCK < end; block++) {
      int first = from + block * RowKernel.BLOCK;
      float[] sum = array(sums);
      int at = offset(sums, to);
      Arrays.fill(sum, at, at + width, 0);
      for (int i = first; i < Math.min(end, first + RowKernel.BLOCK); i++) {
        add(sum, at, updates.storage(), updates.offset() + order[i] * width);
      }
      sums++;
      for (int pairs = block + 1; pairs % 2 == 0; pairs /= 2) {
        addLast(--sums, to);
      }
    }
    while (sums > 1) {
      addLast(--sums, to);
    }
  }

  private void addLast(int last, int to) {
    add(array(last - 1), offset(last - 1, to), array(last), 0);
  }

  private float[] array(int sum) {
    return sum == 0 ? y.storage() : waiting[sum - 1];
  }

  private static int offset(int sum, int to) {
    return sum == 0 ? to : 0;
  }

  private void add(float[] x, int offset, float[] x1, int offset1) {
    for (int j = 0; j < width; j++) {
      x[offset + j] += x1[offset1 + j];
    }
  }
}
