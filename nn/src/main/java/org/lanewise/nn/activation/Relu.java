package org.lanewise.nn.activation;

import org.lanewise.autodiff.Variable;

/**
 * The rectified linear unit max(0, x), in [0, ∞); the derivative at 0 is 0.
 *
 * <p>Source: Nair and Hinton, <i>Rectified linear units improve restricted Boltzmann machines</i>,
 * 2010.
 */
public record Relu() implements Rectified {
  @Override
  public String kind() {
    return "relu";
  }

  @Override
  public Variable of(Variable x) {
    return PiecewiseFormulas.rectify(x, x.tape().constant(0));
  }
}
