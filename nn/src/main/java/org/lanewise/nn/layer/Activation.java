package org.lanewise.nn.layer;

import java.util.List;
import org.lanewise.autodiff.Variable;
import org.lanewise.nn.initializer.Initializer;
import org.lanewise.nn.initializer.Nonlinearity;
import org.lanewise.nn.initializer.VarianceScaling;

/**
 * A nonlinear function applied to every element, without parameters that are learned.
 *
 * <p>The formulas are written so that no gradient overflows where the function itself does not.
 */
public sealed interface Activation extends Layer, Nonlinearity {
  /**
   * Records the function.
   *
   * @param x any variable
   * @return the function of each element
   */
  Variable of(Variable x);

  @Override
  default Variable record(Recording recording, Variable x) {
    return of(x);
  }

  /**
   * One of each activation, with its usual constants.
   *
   * @return the list
   */
  static List<Activation> all() {
    return List.of(
        new Logistic(), new Tanh(), new Relu(), new LeakyRelu(0.01), new Elu(1), new Selu());
  }

  /** The logistic function 1 / (1 + e<sup>−x</sup>), in (0, 1). */
  record Logistic() implements Activation {
    @Override
    public String kind() {
      return "logistic";
    }

    @Override
    public Variable of(Variable x) {
      return x.logistic();
    }
  }

  /** The hyperbolic tangent, in (−1, 1). */
  record Tanh() implements Activation {
    @Override
    public String kind() {
      return "tanh";
    }

    @Override
    public Variable of(Variable x) {
      return x.tanh();
    }
  }

  /**
   * The rectified linear unit max(0, x); the derivative at 0 is 0.
   *
   * <p>Source: Nair and Hinton, <i>Rectified linear units improve restricted Boltzmann
   * machines</i>, 2010.
   */
  record Relu() implements Activation {
    @Override
    public String kind() {
      return "relu";
    }

    @Override
    public VarianceScaling matchingInitializer() {
      return Initializer.heNormal();
    }

    @Override
    public Variable of(Variable x) {
      return rectify(x, x.tape().constant(0));
    }
  }

  /**
   * The leaky rectified linear unit: x above 0, αx below; the derivative at 0 is α.
   *
   * <p>Source: Maas et al., <i>Rectifier nonlinearities improve neural network acoustic models</i>,
   * 2013.
   *
   * @param alpha the slope below 0, from 0 to 1
   */
  record LeakyRelu(double alpha) implements Activation {
    /**
     * Checks the slope.
     *
     * @throws IllegalArgumentException if the slope is not from 0 to 1
     */
    public LeakyRelu {
      if (!(alpha >= 0 && alpha <= 1)) {
        throw new IllegalArgumentException("leaky_relu: expected alpha from 0 to 1, was " + alpha);
      }
    }

    @Override
    public String kind() {
      return "leaky_relu";
    }

    @Override
    public VarianceScaling matchingInitializer() {
      return Initializer.heNormal();
    }

    @Override
    public Variable of(Variable x) {
      return rectify(x, x.multiply(alpha));
    }
  }

  /**
   * The exponential linear unit: x above 0, α(e<sup>x</sup> − 1) below; in (−α, ∞), the derivative
   * at 0 is α.
   *
   * <p>Source: Clevert et al., <i>Fast and accurate deep network learning by exponential linear
   * units</i>, 2016.
   *
   * @param alpha the limit at −∞ with its sign changed, at least 0
   */
  record Elu(double alpha) implements Activation {
    /**
     * Checks α.
     *
     * @throws IllegalArgumentException if α is negative or not finite
     */
    public Elu {
      if (!(alpha >= 0) || !Double.isFinite(alpha)) {
        throw new IllegalArgumentException(
            "elu: expected a finite alpha of at least 0, was " + alpha);
      }
    }

    @Override
    public String kind() {
      return "elu";
    }

    @Override
    public VarianceScaling matchingInitializer() {
      return Initializer.heNormal();
    }

    @Override
    public Variable of(Variable x) {
      Variable below = belowZero(x).expm1();
      return rectify(x, alpha == 1 ? below : below.multiply(alpha));
    }
  }

  /**
   * The scaled exponential linear unit: λx above 0, λα(e<sup>x</sup> − 1) below, with the λ and α
   * that keep mean 0 and variance 1 through layers with LeCun initialization; the derivative at 0
   * is λα.
   *
   * <p>Source: Klambauer et al., <i>Self-normalizing neural networks</i>, 2017, equation 14.
   */
  record Selu() implements Activation {
    /** α, the solution of the fixed-point equations for mean 0 and variance 1. */
    public static final double ALPHA = 1.6732632423543772;

    /** λ, likewise. */
    public static final double LAMBDA = 1.0507009873554805;

    @Override
    public String kind() {
      return "selu";
    }

    @Override
    public VarianceScaling matchingInitializer() {
      return Initializer.lecunNormal();
    }

    @Override
    public Variable of(Variable x) {
      return Rectifier.rectify(
          x.multiply(LAMBDA), belowZero(x).expm1().multiply(LAMBDA * ALPHA), x);
    }
  }

  private static Variable rectify(Variable x, Variable below) {
    return Rectifier.rectify(x, below, x);
  }

  /** x below 0 and 0 above, where an exponential would overflow and 0 · ∞ spoil the gradient. */
  private static Variable belowZero(Variable x) {
    return x.clip(Double.NEGATIVE_INFINITY, 0);
  }
}
