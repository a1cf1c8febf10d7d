package org.lanewise.nn.activation;

import org.lanewise.autodiff.Variable;
import org.lanewise.nn.check.Checks;

/**
 * The continuously differentiable exponential linear unit: x above 0, α(e<sup>x/α</sup> − 1) below;
 * in (−α, ∞), the derivative at 0 is 1 for every α.
 *
 * <p>Source: Barron, <i>Continuously differentiable exponential linear units</i>, 2017.
 *
 * @param alpha the limit at −∞ with its sign changed, above 0
 */
public record Celu(double alpha) implements Rectified {
  /**
   * Checks α.
   *
   * @throws IllegalArgumentException if α is not above 0 and finite as a float
   */
  public Celu {
    Checks.positive("celu", "alpha", alpha);
  }

  @Override
  public String kind() {
    return "celu";
  }

  @Override
  public Variable of(Variable x) {
    return PiecewiseFormulas.rectify(
        x, PiecewiseFormulas.belowZero(x).divide(alpha).expm1().multiply(alpha));
  }
}
