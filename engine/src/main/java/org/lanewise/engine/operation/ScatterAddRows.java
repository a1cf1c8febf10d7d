package org.lanewise.engine.operation;

import java.util.Arrays;
import java.util.List;
import org.lanewise.engine.Shape;

/**
 * Rows added up by their positions: updates [p…, …] and positions [p…] give [rows, …], each row the
 * sum of the updates with its position, in their order. The adjoint of {@link GatherRows}. A
 * position that is not an integer from 0 to rows − 1 is an error when the operation runs.
 *
 * @param rows the number of rows of the result, at least 0
 */
public record ScatterAddRows(int rows) implements KernelOperation {
  /**
   * Checks the number of rows.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public ScatterAddRows {
    if (rows < 0) {
      throw new IllegalArgumentException("scatter_add_rows: expected at least 0 rows, was " + rows);
    }
  }

  @Override
  public String label() {
    return "scatter_add_rows";
  }

  @Override
  public int arity() {
    return 2;
  }

  @Override
  public Shape resultShape(List<Shape> operands) {
    Shape updates = operands.get(0);
    Shape positions = operands.get(1);
    int leading = positions.rank();
    if (updates.rank() < leading
        || !Arrays.equals(Arrays.copyOf(updates.dimensions(), leading), positions.dimensions())) {
      throw new IllegalArgumentException(
          "scatter_add_rows: expected updates whose shape starts with that of the positions "
              + positions
              + ", was "
              + updates);
    }
    int[] dimensions = new int[updates.rank() - leading + 1];
    dimensions[0] = rows;
    for (int axis = 1; axis < dimensions.length; axis++) {
      dimensions[axis] = updates.dimension(leading + axis - 1);
    }
    return Shape.of(dimensions);
  }
}
