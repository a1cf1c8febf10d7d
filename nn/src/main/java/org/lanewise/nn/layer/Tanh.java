package org.lanewise.nn.layer;

import org.lanewise.autodiff.Variable;

/** The hyperbolic tangent, in (−1, 1); smooth everywhere. */
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
