package org.lanewise.nn.activation;

import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.initializer.Nonlinearity;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.layer.Recording;

/**
 * The logarithm of the {@linkplain Softmax softmax}, x − log Σ e<sup>x</sup> over the last axis of
 * an example, in (−∞, 0]; finite for all finite inputs, smooth everywhere.
 */
public record LogSoftmax() implements Layer, Nonlinearity {
  @Override
  public String kind() {
    return "log_softmax";
  }

  @Override
  public Shape outputShape(Shape input) {
    if (input.rank() == 0) {
      throw new IllegalArgumentException(
          "log_softmax: expected examples of at least one axis, was shape " + input);
    }
    return input;
  }

  @Override
  public Variable record(Recording recording, Variable x) {
    return x.logSoftmax(-1);
  }

  /**
   * Computes the logarithm of the softmax over the last axis, of outputs that were predicted for
   * instance.
   *
   * @param x a tensor of at least one axis
   * @return the logarithm of the softmax: a new tensor of the same shape
   * @throws IllegalArgumentException if it is a scalar
   */
  public Tensor of(Tensor x) {
    outputShape(x.shape());
    return new Tape().constant(x).logSoftmax(-1).value();
  }
}
