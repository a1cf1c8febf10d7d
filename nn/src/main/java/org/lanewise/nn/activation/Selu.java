package org.lanewise.nn.activation;

import org.lanewise.autodiff.Variable;
import org.lanewise.nn.initializer.Initializer;
import org.lanewise.nn.initializer.VarianceScaling;

/**
 * The scaled exponential linear unit: λx above 0, λα(e<sup>x</sup> − 1) below, with the λ and α
 * that keep mean 0 and variance 1 through layers with LeCun initialization; in (−λα, ∞), the
 * derivative at 0 is λα.
 *
 * <p>Source: Klambauer et al., <i>Self-normalizing neural networks</i>, 2017, equation 14.
 */
public record Selu() implements Activation {
  /** α, the solution of the fixed-point equations for mean 0 and variance 1. */
  public static final double ALPHA = 1.6732632423543772;

  /** λ, likewise. */
  public static final double LAMBDA = 1.0507009873554805;

  @Override
  public String kind() {
    return "selu";
  }

  @Override
  public VarianceScaling matchingInitializer() {
    return Initializer.lecunNormal();
  }

  @Override
  public Variable of(Variable x) {
    Variable below = PiecewiseFormulas.belowZero(x).expm1().multiply(LAMBDA * ALPHA);
    return PiecewiseFormulas.rectify(x, x.multiply(LAMBDA), below);
  }
}
