package org.lanewise.nn.activation;

import org.lanewise.autodiff.Variable;
import org.lanewise.nn.check.Checks;

/**
 * The leaky rectified linear unit: x above 0, αx below; in (−∞, ∞), the derivative at 0 is α.
 *
 * <p>Source: Maas et al., <i>Rectifier nonlinearities improve neural network acoustic models</i>,
 * 2013.
 *
 * @param alpha the slope below 0, from 0 to 1
 */
public record LeakyRelu(double alpha) implements Rectified {
  /**
   * Checks the slope.
   *
   * @throws IllegalArgumentException if the slope is not from 0 to 1
   */
  public LeakyRelu {
    Checks.fraction("leaky_relu", "alpha", alpha);
  }

  @Override
  public String kind() {
    return "leaky_relu";
  }

  @Override
  public Variable of(Variable x) {
    return PiecewiseFormulas.rectify(x, x.multiply(alpha));
  }
}
