package org.lanewise.nn.activation;

import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.initializer.Nonlinearity;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.layer.Recording;

/** A function of all elements along the last axis of an example, without parameters. */
interface OverLastAxis extends Layer, Nonlinearity {
  /**
   * Records the function.
   *
   * @param x a variable of at least one axis
   * @return the function over the last axis, of the same shape
   */
  Variable of(Variable x);

  /**
   * Computes the function over the last axis, of outputs that were predicted for instance.
   *
   * @param x a tensor of at least one axis
   * @return the function: a new tensor of the same shape
   * @throws IllegalArgumentException if it is a scalar
   */
  default Tensor of(Tensor x) {
    outputShape(x.shape());
    return of(new Tape().constant(x)).value();
  }

  @Override
  default Shape outputShape(Shape input) {
    if (input.rank() == 0) {
      throw new IllegalArgumentException(
          kind() + ": expected examples of at least one axis, was shape " + input);
    }
    return input;
  }

  @Override
  default Variable record(Recording recording, Variable x) {
    return of(x);
  }
}
