package org.lanewise.engine.operation;

import java.util.List;
import org.lanewise.engine.Shape;

/**
 * A box cut out of the operand.
 *
 * @param starts the first position along each axis
 * @param sizes the number of positions along each axis
 */
public record Slice(List<Integer> starts, List<Integer> sizes) implements MovementOperation {
  /** Copies the lists. */
  public Slice {
    starts = List.copyOf(starts);
    sizes = List.copyOf(sizes);
  }

  @Override
  public String label() {
    return "slice";
  }

  @Override
  public int arity() {
    return 1;
  }

  @Override
  public Shape resultShape(List<Shape> operands) {
    Shape shape = operands.get(0);
    boolean fits = starts.size() == shape.rank() && sizes.size() == shape.rank();
    for (int axis = 0; fits && axis < shape.rank(); axis++) {
      int start = starts.get(axis);
      int size = sizes.get(axis);
      fits = start >= 0 && size >= 0 && size <= shape.dimension(axis) - start;
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "slice: expected a box inside shape "
              + shape
              + ", was starts "
              + starts
              + " and sizes "
              + sizes);
    }
    return Shape.of(sizes.stream().mapToInt(Integer::intValue).toArray());
  }
}
