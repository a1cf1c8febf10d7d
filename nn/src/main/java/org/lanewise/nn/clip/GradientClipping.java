package org.lanewise.nn.clip;

import java.util.List;
import org.lanewise.autodiff.Variable;

/**
 * How gradients are held within bounds before the optimizer sees them. What is recorded is
 * differentiable.
 *
 * <p>A gradient that is NaN stays NaN. A norm above 10<sup>19</sup>, whose square overflows, makes
 * NaN of what it would scale: an exploded gradient is to be seen, not to become a step of 0.
 */
public sealed interface GradientClipping {
  /**
   * Records the clipping.
   *
   * @param gradients the gradients of all parameters
   * @return the clipped gradients, in the same order
   */
  List<Variable> clip(List<Variable> gradients);

  /**
   * Leaves gradients as they are.
   *
   * @return the clipping
   */
  static GradientClipping none() {
    return new None();
  }

  /**
   * Holds each element between −limit and limit; this can change the direction of a gradient.
   *
   * @param limit the limit, above 0
   * @return the clipping
   * @throws IllegalArgumentException if the limit is not above 0
   */
  static GradientClipping byValue(double limit) {
    return new ByValue(limit);
  }

  /**
   * Scales each parameter's gradient down to an ℓ₂ norm of at most the limit; one that is within it
   * keeps its bits.
   *
   * @param limit the limit, from 10<sup>−18</sup> to 10<sup>18</sup>
   * @return the clipping
   * @throws IllegalArgumentException if the limit is out of its range
   */
  static GradientClipping byNorm(double limit) {
    return new ByNorm(limit);
  }

  /**
   * Scales all gradients by one factor so that their joint ℓ₂ norm is at most the limit; the
   * direction of the step stays. If it is within the limit they keep their bits.
   *
   * <p>Source: Pascanu et al., <i>On the difficulty of training recurrent neural networks</i>,
   * 2013, algorithm 1.
   *
   * @param limit the limit, from 10<sup>−18</sup> to 10<sup>18</sup>
   * @return the clipping
   * @throws IllegalArgumentException if the limit is out of its range
   */
  static GradientClipping byGlobalNorm(double limit) {
    return new ByGlobalNorm(limit);
  }

  /** No clipping. */
  record None() implements GradientClipping {
    @Override
    public List<Variable> clip(List<Variable> gradients) {
      return gradients;
    }
  }

  /**
   * Clipping of each element.
   *
   * @param limit the largest absolute value of an element, above 0
   */
  record ByValue(double limit) implements GradientClipping {
    /**
     * Checks the limit.
     *
     * @throws IllegalArgumentException if it is not above 0
     */
    public ByValue {
      if (!(limit > 0)) {
        throw new IllegalArgumentException("clip by value: expected a limit above 0, was " + limit);
      }
    }

    @Override
    public List<Variable> clip(List<Variable> gradients) {
      return gradients.stream().map(gradient -> gradient.clip(-limit, limit)).toList();
    }
  }

  /**
   * Clipping of the norm of each gradient.
   *
   * @param limit the largest ℓ₂ norm of a gradient, from 10<sup>−18</sup> to 10<sup>18</sup>
   */
  record ByNorm(double limit) implements GradientClipping {
    /**
     * Checks the limit.
     *
     * @throws IllegalArgumentException if it is out of its range
     */
    public ByNorm {
      requireNorm("clip by norm", limit);
    }

    @Override
    public List<Variable> clip(List<Variable> gradients) {
      return gradients.stream()
          .map(gradient -> gradient.multiply(factor(gradient.square().sum(), limit)))
          .toList();
    }
  }

  /**
   * Clipping of the joint norm of all gradients.
   *
   * @param limit the largest joint ℓ₂ norm, from 10<sup>−18</sup> to 10<sup>18</sup>
   */
  record ByGlobalNorm(double limit) implements GradientClipping {
    /**
     * Checks the limit.
     *
     * @throws IllegalArgumentException if it is out of its range
     */
    public ByGlobalNorm {
      requireNorm("clip by global norm", limit);
    }

    @Override
    public List<Variable> clip(List<Variable> gradients) {
      return gradients.stream()
          .map(gradient -> gradient.square().sum())
          .reduce(Variable::add)
          .map(sum -> factor(sum, limit))
          .map(factor -> gradients.stream().map(factor::multiply).toList())
          .orElse(gradients);
    }
  }

  /**
   * The factor limit / max(limit, √sum) that brings a norm down to the limit. The maximum is taken
   * before the root, whose derivative at 0 is not finite.
   */
  private static Variable factor(Variable sumOfSquares, double limit) {
    // As a float, whose square has this very float as its root: the factor of small norms is 1.
    double single = (float) limit;
    Variable norm = sumOfSquares.clip(single * single, Double.POSITIVE_INFINITY).sqrt();
    Variable factor = norm.tape().constant(single).divide(norm);
    Variable overflow = sumOfSquares.equal(norm.tape().constant(Double.POSITIVE_INFINITY));
    return overflow.select(norm.tape().constant(Double.NaN), factor);
  }

  private static void requireNorm(String operation, double limit) {
    if (!(limit >= 1e-18 && limit <= 1e18)) {
      throw new IllegalArgumentException(
          operation + ": expected a limit from 1e-18 to 1e18, was " + limit);
    }
  }
}
