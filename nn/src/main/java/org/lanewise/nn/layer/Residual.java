package org.lanewise.nn.layer;

import java.util.List;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;

/**
 * A residual connection: y = x + body(x). The names of the body's layers count within it, as in
 * {@code residual1/dense1/kernel}.
 *
 * <p>Source: He et al., <i>Deep residual learning for image recognition</i>, 2016, equation 1.
 *
 * @param body the layers that x skips; their output has the shape of x
 */
public record Residual(Sequence body) implements Layer {
  @Override
  public String kind() {
    return "residual";
  }

  @Override
  public Shape outputShape(Shape input) {
    Shape output = body.outputShape(input);
    if (!output.equals(input)) {
      throw new IllegalArgumentException(
          "residual: expected layers that keep the shape " + input + ", was " + output);
    }
    return input;
  }

  @Override
  public List<Parameter> parameters(Shape input) {
    return body.parameters(input);
  }

  @Override
  public Variable record(Recording recording, Variable x) {
    return x.add(body.record(recording, x));
  }
}
