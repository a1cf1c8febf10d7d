package org.lanewise.nn.activation;

import org.lanewise.autodiff.Variable;

/**
 * The softplus log(1 + e<sup>x</sup>), in (0, ∞): a smooth rectified linear unit, whose derivative
 * is the logistic function.
 *
 * <p>Source: Dugas et al., <i>Incorporating second-order functional knowledge for better option
 * pricing</i>, 2001.
 */
public record Softplus() implements Rectified {
  @Override
  public String kind() {
    return "softplus";
  }

  @Override
  public Variable of(Variable x) {
    return x.softplus();
  }
}
