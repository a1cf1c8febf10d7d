package org.lanewise.nn.activation;

import org.lanewise.autodiff.Variable;

/**
 * The hard sigmoid x / 6 + 1/2 held between 0 and 1: straight pieces for the logistic function. The
 * derivative at the kinks −3 and 3 is 0.
 *
 * <p>Source: Courbariaux et al., <i>BinaryConnect</i>, 2015, section 2.3, there with slope 1/2;
 * slope 1/6 is that of Howard et al., <i>Searching for MobileNetV3</i>, 2019, section 5.2.
 */
public record HardSigmoid() implements Activation {
  @Override
  public String kind() {
    return "hard_sigmoid";
  }

  @Override
  public Variable of(Variable x) {
    return PiecewiseFormulas.between(x, -3, 0, x.add(3).divide(6), 3, x.tape().constant(1));
  }
}
