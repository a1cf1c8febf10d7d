package org.lanewise.engine.operation;

import java.util.Arrays;
import java.util.List;
import org.lanewise.engine.Shape;

/**
 * Rows of a table by their positions: table [rows, …] and positions [p…] give [p…, …]. No gradient
 * flows to the positions. A position that is not an integer from 0 to rows − 1 is an error when the
 * operation runs.
 */
public record GatherRows() implements KernelOperation {
  @Override
  public String label() {
    return "gather_rows";
  }

  @Override
  public int arity() {
    return 2;
  }

  @Override
  public Shape resultShape(List<Shape> operands) {
    Shape table = operands.get(0);
    Shape positions = operands.get(1);
    if (table.rank() == 0) {
      throw new IllegalArgumentException(
          "gather_rows: expected a table of rank 1 or more, was a scalar");
    }
    int[] dimensions = Arrays.copyOf(positions.dimensions(), positions.rank() + table.rank() - 1);
    for (int axis = 1; axis < table.rank(); axis++) {
      dimensions[positions.rank() + axis - 1] = table.dimension(axis);
    }
    return Shape.of(dimensions);
  }
}
