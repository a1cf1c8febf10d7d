package org.lanewise.nn.activation;

import org.lanewise.autodiff.Variable;

/**
 * The softsign x / (1 + |x|), in (−1, 1); its derivative 1 / (1 + |x|)² is continuous, 1 at 0.
 *
 * <p>Source: Bergstra et al., <i>Quadratic polynomials learn better image features</i>, 2009.
 */
public record Softsign() implements Activation {
  private static final double FAR = 1;

  @Override
  public String kind() {
    return "softsign";
  }

  @Override
  public Variable of(Variable x) {
    Variable size = x.abs();
    // The derivative of the quotient subtracts numbers that are nearly equal when x is large; that
    // of 1 less a quotient does not, but the value does when x is small.
    Variable bounded = x.clip(-FAR, FAR);
    Variable near = bounded.divide(bounded.abs().add(1));
    Variable reciprocal = x.tape().constant(1).divide(size.add(1));
    Variable far = x.sign().multiply(x.tape().constant(1).subtract(reciprocal));
    return size.greater(FAR).select(far, near);
  }
}
