package org.lanewise.engine.operation;

import java.util.List;
import org.lanewise.engine.Shape;

/**
 * Operands one after the other along an axis.
 *
 * @param axis the axis, counted from 0
 * @param arity the number of operands, at least 1
 */
public record Concatenation(int axis, int arity) implements MovementOperation {
  /**
   * Checks the axis and the number of operands.
   *
   * @throws IllegalArgumentException if the axis is negative or there is no operand
   */
  public Concatenation {
    Axes.requireCountedFromZero("concatenate", axis);
    if (arity < 1) {
      throw new IllegalArgumentException("concatenate: expected at least one operand, was none");
    }
  }

  @Override
  public String label() {
    return "concatenate";
  }

  @Override
  public Shape resultShape(List<Shape> operands) {
    Shape first = operands.get(0);
    int checked = first.axis(label(), axis);
    long total = 0;
    for (Shape operand : operands) {
      if (operand.rank() != first.rank()
          || !operand.with(checked, 1).equals(first.with(checked, 1))) {
        throw new IllegalArgumentException(
            "concatenate: shapes " + operands + " differ elsewhere than along axis " + axis);
      }
      total += operand.dimension(checked);
    }
    if (total > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "concatenate: shapes " + operands + " have " + total + " positions along axis " + axis);
    }
    return first.with(checked, (int) total);
  }
}
