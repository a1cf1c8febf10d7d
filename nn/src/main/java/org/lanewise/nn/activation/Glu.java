package org.lanewise.nn.activation;

import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.nn.initializer.Nonlinearity;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.layer.Recording;

/**
 * The gated linear unit a σ(b), with the logistic function σ, a the first half of the last axis of
 * an example and b the second; the output is half as wide, in (−∞, ∞). Smooth everywhere.
 *
 * <p>Source: Dauphin et al., <i>Language modeling with gated convolutional networks</i>, 2017,
 * equation 1.
 */
public record Glu() implements Layer, Nonlinearity {
  @Override
  public String kind() {
    return "glu";
  }

  @Override
  public Shape outputShape(Shape input) {
    if (input.rank() == 0 || input.dimension(-1) % 2 != 0) {
      throw new IllegalArgumentException(
          "glu: expected examples with an even last dimension, was shape " + input);
    }
    return input.with(-1, input.dimension(-1) / 2);
  }

  @Override
  public Variable record(Recording recording, Variable x) {
    int units = x.shape().dimension(-1) / 2;
    return x.slice(-1, 0, units).multiply(x.slice(-1, units, units).logistic());
  }
}
