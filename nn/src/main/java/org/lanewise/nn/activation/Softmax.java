package org.lanewise.nn.activation;

import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.nn.initializer.Nonlinearity;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.layer.Recording;

/**
 * The softmax e<sup>x</sup> / Σ e<sup>x</sup> over the last axis of an example, in [0, 1] with sum
 * 1; smooth everywhere.
 *
 * <p>A network that ends with it gives probabilities; {@link
 * org.lanewise.nn.loss.SoftmaxCrossEntropy} takes what comes before it.
 *
 * <p>Source: Bridle, <i>Probabilistic interpretation of feedforward classification network
 * outputs</i>, 1990.
 */
public record Softmax() implements Layer, Nonlinearity {
  @Override
  public String kind() {
    return "softmax";
  }

  @Override
  public Shape outputShape(Shape input) {
    if (input.rank() == 0) {
      throw new IllegalArgumentException(
          "softmax: expected examples of at least one axis, was shape " + input);
    }
    return input;
  }

  @Override
  public Variable record(Recording recording, Variable x) {
    return x.softmax(-1);
  }
}
