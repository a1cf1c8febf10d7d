package org.lanewise.engine.operation;

import java.util.List;
import org.lanewise.engine.Shape;

/**
 * The operand repeated to a larger shape by NumPy's broadcasting rule.
 *
 * @param shape the larger shape
 */
public record BroadcastTo(Shape shape) implements FusibleOperation {
  @Override
  public String label() {
    return "broadcast_to";
  }

  @Override
  public int arity() {
    return 1;
  }

  @Override
  public Shape resultShape(List<Shape> operands) {
    Shape from = operands.get(0);
    if (!from.broadcast(label(), shape).equals(shape)) {
      throw new IllegalArgumentException(
          "broadcast_to: shape " + from + " does not broadcast to " + shape);
    }
    return shape;
  }
}
