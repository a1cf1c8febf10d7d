package org.lanewise.engine.operation;

import java.util.List;
import org.lanewise.engine.Shape;

/**
 * The same elements in the same order under another shape.
 *
 * @param shape the new shape, of as many elements
 */
public record ReshapeTo(Shape shape) implements Operation {
  @Override
  public String label() {
    return "reshape";
  }

  @Override
  public int arity() {
    return 1;
  }

  @Override
  public Shape resultShape(List<Shape> operands) {
    Shape from = operands.get(0);
    if (from.size() != shape.size()) {
      throw new IllegalArgumentException(
          "reshape: shape "
              + from
              + " has "
              + from.size()
              + " elements, "
              + shape
              + " has "
              + shape.size());
    }
    return shape;
  }
}
