package org.lanewise.nn.activation;

import org.lanewise.autodiff.Variable;
import org.lanewise.nn.check.Checks;

/**
 * The swish x σ(βx), with the logistic function σ; with β = 1 also called SiLU, and then in (−0.28,
 * ∞). Smooth everywhere.
 *
 * <p>Source: Ramachandran et al., <i>Searching for activation functions</i>, 2017; Elfwing et al.,
 * <i>Sigmoid-weighted linear units</i>, 2018.
 *
 * @param beta how steep the gate is, above 0
 */
public record Swish(double beta) implements Rectified {
  /**
   * Checks β.
   *
   * @throws IllegalArgumentException if β is not above 0 and finite as a float
   */
  public Swish {
    Checks.positive("swish", "beta", beta);
  }

  @Override
  public String kind() {
    return "swish";
  }

  @Override
  public Variable of(Variable x) {
    return PiecewiseFormulas.gated(
        x, 110 / beta, t -> (beta == 1 ? t : t.multiply(beta)).logistic());
  }
}
