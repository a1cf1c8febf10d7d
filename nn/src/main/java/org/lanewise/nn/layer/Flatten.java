package org.lanewise.nn.layer;

import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;

/** An example of any shape as a vector, its elements in row-major order. */
public record Flatten() implements Layer {
  @Override
  public String kind() {
    return "flatten";
  }

  @Override
  public Shape outputShape(Shape input) {
    return Shape.of(input.size());
  }

  @Override
  public Variable record(Recording recording, Variable x) {
    return x.reshape(x.shape().dimension(0), x.shape().size() / x.shape().dimension(0));
  }
}
