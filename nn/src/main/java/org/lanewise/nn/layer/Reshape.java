package org.lanewise.nn.layer;

import java.util.stream.IntStream;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;

/**
 * The elements of an example in another shape, in the same row-major order.
 *
 * @param shape the shape of an example afterwards, of as many elements
 */
public record Reshape(Shape shape) implements Layer {
  @Override
  public String kind() {
    return "reshape";
  }

  @Override
  public Shape outputShape(Shape input) {
    if (input.size() != shape.size()) {
      throw new IllegalArgumentException(
          "reshape: expected examples of "
              + shape.size()
              + " elements for the shape "
              + shape
              + ", was shape "
              + input);
    }
    return shape;
  }

  @Override
  public Variable record(Recording recording, Variable x) {
    return reshape(x, shape);
  }

  static Variable reshape(Variable x, Shape one) {
    return x.reshape(
        IntStream.concat(IntStream.of(x.shape().dimension(0)), IntStream.of(one.dimensions()))
            .toArray());
  }
}
