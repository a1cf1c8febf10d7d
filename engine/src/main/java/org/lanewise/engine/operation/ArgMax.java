package org.lanewise.engine.operation;

import java.util.List;
import org.lanewise.engine.Shape;

/**
 * The position of the largest element along an axis, which stays with dimension 1. The first of
 * equals; a NaN counts as the largest. It has no gradient.
 *
 * @param axis the axis, counted from 0, whose dimension is from 1 to 2<sup>24</sup>, as floats hold
 *     no larger positions exactly
 */
public record ArgMax(int axis) implements KernelOperation {
  private static final int LARGEST = 1 << 24;

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
    int dimension = shape.dimension(shape.axis(label(), axis));
    if (dimension > LARGEST) {
      throw new IllegalArgumentException(
          "argmax: axis "
              + axis
              + " of shape "
              + shape
              + " has more positions than floats count, expected at most "
              + LARGEST);
    }
    if (dimension == 0) {
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
