package org.lanewise.nn.activation;

import org.lanewise.autodiff.Variable;

/**
 * The hyperbolic tangent (e<sup>x</sup> − e<sup>−x</sup>) / (e<sup>x</sup> + e<sup>−x</sup>), in
 * (−1, 1); smooth everywhere.
 *
 * <p>Source: LeCun et al., <i>Efficient BackProp</i>, 1998, section 4.4.
 */
public record Tanh() implements Activation {
  @Override
  public String kind() {
    return "tanh";
  }

  @Override
  public Variable of(Variable x) {
    return x.tanh();
  }
}
