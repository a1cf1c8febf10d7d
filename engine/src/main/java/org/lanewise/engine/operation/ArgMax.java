package org.lanewise.engine.operation;

import java.util.List;
import org.lanewise.engine.Shape;

/**
 * The position of the largest element along an axis, which stays with dimension 1. The first of
 * equals; a NaN counts as the largest. It has no gradient.
 *
 * @param axis the axis, counted from 0, whose dimension is not 0
 */
public record ArgMax(int axis) implements KernelOperation {
  /**
   * Checks the axis.
   *
   * @throws IllegalArgumentException if the axis is negative
   */
  public ArgMax {
    Axes.requireCountedFromZero("argmax", axis);
  }

  @Override
  public String label() {
    return "argmax";
  }

  @Override
  public int arity() {
    return 1;
  }

  @Override
  public Shape resultShape(List<Shape> operands) {
    Shape shape = operands.get(0);
    if (shape.dimension(shape.axis(label(), axis)) == 0) {
      throw new IllegalArgumentException(
          "argmax: axis "
              + axis
              + " of shape "
              + shape
              + " has no elements, expected at least one");
    }
    return shape.with(axis, 1);
  }
}
