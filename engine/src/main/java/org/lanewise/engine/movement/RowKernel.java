package org.lanewise.engine.movement;

import java.util.function.IntConsumer;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.parallel.Workers;

/** Rows of a table by their positions. */
public final class RowKernel {
  /** Elements copied that are worth a task of their own. */
  private static final int GRAIN = 64 * 1024;

  /** Updates of a row that are added one after the other. */
  static final int BLOCK = 64;

  private RowKernel() {}

  /** Plans that row i of y becomes row {@code positions[i]} of the table. */
  public static Runnable gather(Tensor table, Tensor positions, Tensor y) {
    int rows = table.shape().dimension(0);
    int width = width(y, positions);
    int rowsOfTask = Math.max(1, GRAIN / Math.max(1, width));
    IntConsumer task =
        number -> {
          int end = Math.min(positions.size(), (number + 1) * rowsOfTask);
          for (int i = number * rowsOfTask; i < end; i++) {
            int from = table.offset() + row("gather_rows", positions, i, rows) * width;
            System.arraycopy(table.storage(), from, y.storage(), y.offset() + i * width, width);
          }
        };
    int tasks = Math.ceilDiv(positions.size(), rowsOfTask);
    return () -> Workers.forEach(tasks, task);
  }

  /**
   * Plans that row r of y becomes the sum of the updates whose position is r: in their order within
   * blocks of {@value #BLOCK}, and the sums of blocks in pairs.
   */
  public static Runnable scatterAdd(Tensor updates, Tensor positions, Tensor y) {
    return new ScatterAdd(updates, positions, y)::run;
  }

  static int width(Tensor rows, Tensor positions) {
    return positions.size() == 0 ? 0 : rows.size() / positions.size();
  }

  static int row(String operation, Tensor positions, int i, int rows) {
    float position = positions.storage()[positions.offset() + i];
    int row = (int) position;
    if (row != position || row < 0 || row >= rows) {
      throw new IllegalArgumentException(
          operation
              + ": position "
              + position
              + " (number "
              + i
              + ") is not a row, expected an integer from 0 to "
              + (rows - 1));
    }
    return row;
  }
}
