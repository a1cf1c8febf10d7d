package org.lanewise.nn.clip;

import java.util.List;
import org.lanewise.autodiff.Variable;

/**
 * How gradients are held within bounds before the optimizer sees them. What is recorded is
 * differentiable.
 *
 * <p>A gradient that is NaN stays NaN.
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
   * Scales each parameter's gradient down to an ℓ₂ norm of at most the limit.
   *
   * @param limit the limit, above 0
   * @return the clipping
   * @throws IllegalArgumentException if the limit is not above 0
   */
  static GradientClipping byNorm(double limit) {
    return new ByNorm(limit);
  }

  /**
   * Scales all gradients by one factor so that their joint ℓ₂ norm is at most the limit; the
   * direction of the step stays.
   *
   * <p>Source: Pascanu et al., <i>On the difficulty of training recurrent neural networks</i>,
   * 2013, algorithm 1.
   *
   * @param limit the limit, above 0
   * @return the clipping
   * @throws IllegalArgumentException if the limit is not above 0
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
      requireLimit("clip by value", limit);
    }

    @Override
    public List<Variable> clip(List<Variable> gradients) {
      return gradients.stream().map(gradient -> gradient.clip(-limit, limit)).toList();
    }
  }

  /**
   * Clipping of the norm of each gradient.
   *
   * @param limit the largest ℓ₂ norm of a gradient, above 0
   */
  record ByNorm(double limit) implements GradientClipping {
    /**
     * Checks the limit.
     *
     * @throws IllegalArgumentException if it is not above 0
     */
    public ByNorm {
      requireLimit("clip by norm", limit);
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
   * @param limit the largest joint ℓ₂ norm, above 0
   */
  record ByGlobalNorm(double limit) implements GradientClipping {
    /**
     * Checks the limit.
     *
     * @throws IllegalArgumentException if it is not above 0
     */
    public ByGlobalNorm {
      requireLimit("clip by global norm", limit);
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
    Variable norm = sumOfSquares.clip(limit * limit, Double.POSITIVE_INFINITY).sqrt();
    return norm.tape().constant(limit).divide(norm);
  }

  private static void requireLimit(String operation, double limit) {
    if (!(limit > 0)) {
      throw new IllegalArgumentException(operation + ": expected a limit above 0, was " + limit);
    }
  }
}
