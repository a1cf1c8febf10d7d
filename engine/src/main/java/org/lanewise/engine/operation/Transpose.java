package org.lanewise.engine.operation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.lanewise.engine.Shape;

/**
 * The axes in another order: axis i of the result is axis {@code permutation.get(i)} of the
 * operand.
 *
 * @param permutation the axes of the operand, each once, counted from 0
 */
public record Transpose(List<Integer> permutation) implements MovementOperation {
  /**
   * Checks and copies the permutation.
   *
   * @throws IllegalArgumentException if it is not a permutation of 0 … its length − 1
   */
  public Transpose {
    permutation = List.copyOf(permutation);
    List<Integer> sorted = new ArrayList<>(permutation);
    Collections.sort(sorted);
    for (int axis = 0; axis < sorted.size(); axis++) {
      if (sorted.get(axis) != axis) {
        throw new IllegalArgumentException(
            "transpose: expected each axis from 0 to "
                + (sorted.size() - 1)
                + " once, was "
                + permutation);
      }
    }
  }

  /**
   * The transpose that undoes this one.
   *
   * @return the inverse permutation's transpose
   */
  public Transpose inverse() {
    List<Integer> inverse = new ArrayList<>(permutation);
    for (int axis = 0; axis < permutation.size(); axis++) {
      inverse.set(permutation.get(axis), axis);
    }
    return new Transpose(inverse);
  }

  @Override
  public String label() {
    return "transpose";
  }

  @Override
  public int arity() {
    return 1;
  }

  @Override
  public Shape resultShape(List<Shape> operands) {
    Shape shape = operands.get(0);
    if (shape.rank() != permutation.size()) {
      throw new IllegalArgumentException(
          "transpose: permutation " + permutation + " does not fit shape " + shape);
    }
    int[] dimensions = new int[shape.rank()];
    for (int axis = 0; axis < dimensions.length; axis++) {
      dimensions[axis] = shape.dimension(permutation.get(axis));
    }
    return Shape.of(dimensions);
  }
}
