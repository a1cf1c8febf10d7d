package org.lanewise.nn.activation;

import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
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

  /**
   * Computes the softmax over the last axis, of outputs that were predicted for instance.
   *
   * @param x a tensor of at least one axis
   * @return the softmax: a new tensor of the same shape
   * @throws IllegalArgumentException if it is a scalar
   */
  public Tensor of(Tensor x) {
    outputShape(x.shape());
    return new Tape().constant(x).softmax(-1).value();
  }
}
