package org.lanewise.nn.layer;

import org.lanewise.autodiff.Variable;

/**
 * The Gaussian error linear unit x Φ(x), with the distribution function Φ(x) = (1 + erf(x/√2)) / 2
 * of the standard normal; in (−0.17, ∞), smooth everywhere.
 *
 * <p>Source: Hendrycks and Gimpel, <i>Gaussian error linear units</i>, 2016.
 */
public record Gelu() implements Rectified {
  private static final double SQRT_HALF = Math.sqrt(0.5);

  @Override
  public String kind() {
    return "gelu";
  }

  @Override
  public Variable of(Variable x) {
    return Pieces.gated(x, 15, t -> t.multiply(SQRT_HALF).erf().add(1).divide(2));
  }
}
