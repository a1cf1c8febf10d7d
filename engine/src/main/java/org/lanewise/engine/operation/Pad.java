package org.lanewise.engine.operation;

import java.util.List;
import org.lanewise.engine.Shape;

/**
 * The operand with zeros around it.
 *
 * @param before the number of zeros before it along each axis
 * @param after the number of zeros after it along each axis
 */
public record Pad(List<Integer> before, List<Integer> after) implements MovementOperation {
  /** Copies the lists. */
  public Pad {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  @Override
  public String label() {
    return "pad";
  }

  @Override
  public int arity() {
    return 1;
  }

  @Override
  public Shape resultShape(List<Shape> operands) {
    Shape shape = operands.get(0);
    int[] dimensions = shape.dimensions();
    boolean fits = before.size() == dimensions.length && after.size() == dimensions.length;
    for (int axis = 0; fits && axis < dimensions.length; axis++) {
      fits = before.get(axis) >= 0 && after.get(axis) >= 0;
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "pad: expected counts of at least 0 for each axis of shape "
              + shape
              + ", was before "
              + before
              + " and after "
              + after);
    }
    for (int axis = 0; axis < dimensions.length; axis++) {
      long padded = (long) dimensions[axis] + before.get(axis) + after.get(axis);
      if (padded > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "pad: axis " + axis + " of shape " + shape + " would have " + padded + " positions");
      }
      dimensions[axis] = (int) padded;
    }
    return Shape.of(dimensions);
  }
}
