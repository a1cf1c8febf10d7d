package org.lanewise.nn.layer;

import org.lanewise.autodiff.Variable;

/** The input, unchanged: a branch that skips the others. */
public record Identity() implements Layer {
  @Override
  public String kind() {
    return "identity";
  }

  @Override
  public Variable record(Recording recording, Variable x) {
    return x;
  }
}
