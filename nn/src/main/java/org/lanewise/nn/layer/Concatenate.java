package org.lanewise.nn.layer;

import java.util.List;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;

/**
 * Values one after the other along an axis; along the others they agree.
 *
 * @param axis the axis of an example: from 0 (outermost), or from −1 (innermost) down
 */
public record Concatenate(int axis) implements Merge {
  @Override
  public String kind() {
    return "concatenate";
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape first = inputs.get(0);
    int along = first.axis(kind(), axis);
    long length = 0;
    for (Shape shape : inputs) {
      if (shape.rank() != first.rank() || !shape.with(along, 0).equals(first.with(along, 0))) {
        throw new IllegalArgumentException(
            "concatenate: expected inputs that differ along axis " + axis + " only, was " + inputs);
      }
      length += shape.dimension(along);
    }
    if (length > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "concatenate: expected at most 2147483647 elements along axis "
              + axis
              + ", was "
              + length);
    }
    return first.with(along, (int) length);
  }

  @Override
  public Variable record(Recording recording, List<Variable> inputs) {
    return Variable.concatenate(axis < 0 ? axis : axis + 1, inputs.toArray(Variable[]::new));
  }
}
