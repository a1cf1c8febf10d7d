package org.lanewise.nn.activation;

import java.util.List;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.initializer.Nonlinearity;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.layer.Recording;

/**
 * A nonlinear function applied to every element, without parameters that are learned. Implement it
 * for one of your own.
 *
 * <p>Those of this package keep NaN, and their values and derivatives are accurate and finite at
 * every finite input; at ±∞ they are the limits, where there are any.
 */
public interface Activation extends Layer, Nonlinearity {
  /**
   * Records the function.
   *
   * @param x any variable
   * @return the function of each element
   */
  Variable of(Variable x);

  /**
   * Computes the function, of outputs that were predicted for instance.
   *
   * @param x any tensor
   * @return the function of each element: a new tensor
   */
  default Tensor of(Tensor x) {
    return of(new Tape().constant(x)).value();
  }

  @Override
  default Variable record(Recording recording, Variable x) {
    return of(x);
  }

  /**
   * One of each activation of this package, with its usual constants.
   *
   * @return the list
   */
  static List<Activation> all() {
    return List.of(
        new Logistic(),
        new Tanh(),
        new Softsign(),
        new Softplus(),
        new HardSigmoid(),
        new Relu(),
        new Relu6(),
        new LeakyRelu(0.01),
        new Elu(1),
        new Selu(),
        new Celu(1),
        new Gelu(),
        new GeluTanh(),
        new Swish(1),
        new Mish(),
        new HardSwish());
  }
}
