package org.lanewise.nn.activation;

import org.lanewise.autodiff.Variable;

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
public record Softmax() implements OverLastAxis {
  @Override
  public String kind() {
    return "softmax";
  }

  @Override
  public Variable of(Variable x) {
    return x.softmax(-1);
  }
}
