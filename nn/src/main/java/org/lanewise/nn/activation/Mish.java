package org.lanewise.nn.activation;

import org.lanewise.autodiff.Variable;

/**
 * The mish x tanh(log(1 + e<sup>x</sup>)), in (−0.31, ∞); smooth everywhere.
 *
 * <p>Source: Misra, <i>Mish: a self regularized non-monotonic activation function</i>, 2019.
 */
public record Mish() implements Rectified {
  @Override
  public String kind() {
    return "mish";
  }

  @Override
  public Variable of(Variable x) {
    return PiecewiseFormulas.gated(x, 110, t -> t.softplus().tanh());
  }
}
