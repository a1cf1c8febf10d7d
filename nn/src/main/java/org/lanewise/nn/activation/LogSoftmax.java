package org.lanewise.nn.activation;

import org.lanewise.autodiff.Variable;

/**
 * The logarithm of the {@linkplain Softmax softmax}, x − log Σ e<sup>x</sup> over the last axis of
 * an example, in (−∞, 0]; finite for all finite inputs, smooth everywhere.
 */
public record LogSoftmax() implements OverLastAxis {
  @Override
  public String kind() {
    return "log_softmax";
  }

  @Override
  public Variable of(Variable x) {
    return x.logSoftmax(-1);
  }
}
