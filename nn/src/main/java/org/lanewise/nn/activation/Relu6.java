package org.lanewise.nn.activation;

import org.lanewise.autodiff.Variable;

/**
 * The rectified linear unit with a ceiling: min(max(0, x), 6), in [0, 6]; the derivative at 0 and
 * at 6 is 0.
 *
 * <p>Source: Krizhevsky, <i>Convolutional deep belief networks on CIFAR-10</i>, 2010.
 */
public record Relu6() implements Rectified {
  @Override
  public String kind() {
    return "relu6";
  }

  @Override
  public Variable of(Variable x) {
    return PiecewiseFormulas.between(x, 0, 0, x, 6, x.tape().constant(6));
  }
}
