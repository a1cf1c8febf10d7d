package org.lanewise.nn.activation;

import org.lanewise.autodiff.Variable;

/**
 * The hard swish: x times the {@linkplain HardSigmoid hard sigmoid} of x, in [−3/8, ∞). The
 * derivative is 0 at the kink −3 and 1 at the kink 3.
 *
 * <p>Source: Howard et al., <i>Searching for MobileNetV3</i>, 2019, section 5.2.
 */
public record HardSwish() implements Rectified {
  @Override
  public String kind() {
    return "hard_swish";
  }

  @Override
  public Variable of(Variable x) {
    Variable t = x.clip(-3, 3);
    return PiecewiseFormulas.between(x, -3, 0, t.multiply(t.add(3)).divide(6), 3, x);
  }
}
