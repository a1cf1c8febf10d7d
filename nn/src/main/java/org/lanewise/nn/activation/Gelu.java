package org.lanewise.nn.activation;

import org.lanewise.autodiff.Variable;

/**
 * The Gaussian error linear unit x Φ(x), with the distribution function Φ of the standard normal;
 * in (−0.17, ∞), smooth everywhere.
 *
 * <p>Source: Hendrycks and Gimpel, <i>Gaussian error linear units</i>, 2016.
 */
public record Gelu() implements Rectified {
  @Override
  public String kind() {
    return "gelu";
  }

  @Override
  public Variable of(Variable x) {
    return PiecewiseFormulas.gated(x, 15, Variable::normalCdf);
  }
}
