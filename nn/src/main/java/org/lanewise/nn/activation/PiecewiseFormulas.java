package org.lanewise.nn.activation;

import java.util.function.UnaryOperator;
import org.lanewise.autodiff.Variable;

/**
 * The common parts of activations that are put together from pieces.
 *
 * <p>NaN stays NaN, and where a piece is not chosen neither its value nor its gradient overflows.
 */
final class PiecewiseFormulas {
  private PiecewiseFormulas() {}

  /** x above 0, and another piece from there down. */
  static Variable rectify(Variable x, Variable below) {
    return rectify(x, x, below);
  }

  /** One piece where x is above 0, and another from there down. */
  static Variable rectify(Variable x, Variable above, Variable below) {
    return x.lessEqual(0).select(below, above);
  }

  /** x below 0, and 0 above, where an exponential would overflow and make NaN of the gradient. */
  static Variable belowZero(Variable x) {
    return x.lessEqual(0).select(x, x.tape().constant(0));
  }

  /** A number from low down, one piece up to high, and another from there on. */
  static Variable between(
      Variable x, double low, double atLow, Variable between, double high, Variable above) {
    Variable inside = x.greaterEqual(high).select(above, between);
    return x.lessEqual(low).select(x.tape().constant(atLow), inside);
  }

  /**
   * x times a gate that rises from 0 to 1: x itself above a limit where the gate is 1, and 0 below
   * its negative, where the product is less than any float.
   */
  static Variable gated(Variable x, double limit, UnaryOperator<Variable> gate) {
    Variable t = x.clip(-limit, limit);
    return x.greater(limit).select(x, t.multiply(gate.apply(t)));
  }
}
