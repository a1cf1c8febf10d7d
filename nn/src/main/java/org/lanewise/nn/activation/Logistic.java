package org.lanewise.nn.activation;

import org.lanewise.autodiff.Variable;

/**
 * The logistic function σ(x) = 1 / (1 + e<sup>−x</sup>), in (0, 1); smooth everywhere.
 *
 * <p>Source: Rumelhart, Hinton and Williams, <i>Learning representations by back-propagating
 * errors</i>, 1986, equation 2.
 */
public record Logistic() implements Activation {
  @Override
  public String kind() {
    return "logistic";
  }

  @Override
  public Variable of(Variable x) {
    return x.logistic();
  }
}
