package org.lanewise.nn.activation;

import org.lanewise.autodiff.Variable;
import org.lanewise.nn.check.Checks;

/**
 * The exponential linear unit: x above 0, α(e<sup>x</sup> − 1) below; in (−α, ∞), the derivative at
 * 0 is α.
 *
 * <p>Source: Clevert et al., <i>Fast and accurate deep network learning by exponential linear
 * units</i>, 2016.
 *
 * @param alpha the limit at −∞ with its sign changed, at least 0
 */
public record Elu(double alpha) implements Rectified {
  /**
   * Checks α.
   *
   * @throws IllegalArgumentException if α is negative or not finite
   */
  public Elu {
    Checks.notNegative("elu", "alpha", alpha);
  }

  @Override
  public String kind() {
    return "elu";
  }

  @Override
  public Variable of(Variable x) {
    Variable below = PiecewiseFormulas.belowZero(x).expm1();
    return PiecewiseFormulas.rectify(x, alpha == 1 ? below : below.multiply(alpha));
  }
}
