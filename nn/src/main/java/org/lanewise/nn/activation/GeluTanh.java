package org.lanewise.nn.activation;

import org.lanewise.autodiff.Variable;

/**
 * The Gaussian error linear unit in the form x (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2, which is
 * close to {@link Gelu}; in (−0.18, ∞), smooth everywhere.
 *
 * <p>It is computed with (1 + tanh z) / 2 = σ(2z), which keeps its digits where tanh is close to
 * −1.
 *
 * <p>Source: Hendrycks and Gimpel, <i>Gaussian error linear units</i>, 2016, section 2.
 */
public record GeluTanh() implements Rectified {
  private static final double SCALE = 2 * Math.sqrt(2 / Math.PI);

  @Override
  public String kind() {
    return "gelu_tanh";
  }

  @Override
  public Variable of(Variable x) {
    return PiecewiseFormulas.gated(
        x, 15, t -> t.multiply(t.square().multiply(0.044715).add(1)).multiply(SCALE).logistic());
  }
}
