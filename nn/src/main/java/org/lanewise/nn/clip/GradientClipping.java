package org.lanewise.nn.clip;

import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.nn.check.Checks;

/**
 * How gradients are held within bounds before the optimizer sees them. What is recorded is
 * differentiable.
 *
 * <p>A gradient that is NaN stays NaN, and an infinite one makes NaN of what it would scale. Finite
 * ones are clipped however large they are; those that have to be scaled by less than
 * 10<sup>−45</sup>, which is no float, become 0.
 *
 * <p>A training leaves out every step of a gradient that is not finite before clipping. The squares
 * of clipped elements have to be finite too, because optimizers keep them: a training makes sure of
 * that as well, unless the clipping knows a {@link #bound}.
 */
public interface GradientClipping {
  /**
   * Records the clipping.
   *
   * @param parameters the parameters, as many as gradients
   * @param gradients the gradient of each parameter, of its shape
   * @return the clipped gradients, in the same order and of the same shapes
   * @throws IllegalArgumentException if the shapes of parameters and gradients differ
   */
  List<Variable> clip(List<Variable> parameters, List<Variable> gradients);

  /**
   * The largest absolute value that an element can have after clipping.
   *
   * @return the bound; by default infinite, which says that there is none
   */
  default double bound() {
    return Double.POSITIVE_INFINITY;
  }

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

  /**
   * Adaptive clipping with ε = 10<sup>−3</sup>: see {@link Adaptive}.
   *
   * @param clipping λ, how large a step may be beside the weights of its unit, from 10<sup>−9</sup>
   *     to 10<sup>9</sup>; in the source 0.01 for large batches, up to 0.16 for small ones
   * @return the clipping
   * @throws IllegalArgumentException if λ is out of its range
   */
  static Adaptive adaptive(double clipping) {
    return new Adaptive(clipping, 1e-3);
  }

  /** No clipping. */
  record None() implements GradientClipping {
    @Override
    public List<Variable> clip(List<Variable> parameters, List<Variable> gradients) {
      return clipEach(parameters, gradients, (parameter, gradient) -> gradient);
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
      Checks.positive("clip by value", "a limit", limit);
    }

    @Override
    public List<Variable> clip(List<Variable> parameters, List<Variable> gradients) {
      return clipEach(parameters, gradients, (parameter, gradient) -> gradient.clip(-limit, limit));
    }

    @Override
    public double bound() {
      return limit;
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
    public List<Variable> clip(List<Variable> parameters, List<Variable> gradients) {
      return clipEach(
          parameters,
          gradients,
          (parameter, gradient) -> gradient.multiply(factor(GradientNorm.of(gradient), limit)));
    }

    @Override
    public double bound() {
      return limit;
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
    public List<Variable> clip(List<Variable> parameters, List<Variable> gradients) {
      return GradientNorm.joint(gradients)
          .map(norm -> factor(norm, limit))
          .map(
              factor ->
                  clipEach(
                      parameters, gradients, (parameter, gradient) -> gradient.multiply(factor)))
          .orElse(gradients);
    }

    @Override
    public double bound() {
      return limit;
    }
  }

  /**
   * Adaptive clipping: scales the gradient of each unit down to a norm of at most λ max(‖w‖, ε), w
   * being the weights of the unit. A unit is a column of a kernel (all axes but the last), or a
   * whole vector, as of biases. Gradients within the limit keep their bits.
   *
   * <p>Source: Brock et al., <i>High-performance large-scale image recognition without
   * normalization</i>, 2021, equation 3; it leaves the output layer unclipped.
   *
   * @param clipping λ, from 10<sup>−9</sup> to 10<sup>9</sup>
   * @param epsilon ε, what a unit of small weights counts as, from 10<sup>−9</sup> to
   *     10<sup>9</sup>; 10<sup>−3</sup> in the source
   */
  record Adaptive(double clipping, double epsilon) implements GradientClipping {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public Adaptive {
      requireFactor("clipping", clipping);
      requireFactor("epsilon", epsilon);
    }

    /**
     * The same clipping with another ε.
     *
     * @param newEpsilon what a unit of small weights counts as
     * @return the clipping
     */
    public Adaptive epsilon(double newEpsilon) {
      return new Adaptive(clipping, newEpsilon);
    }

    @Override
    public List<Variable> clip(List<Variable> parameters, List<Variable> gradients) {
      return clipEach(parameters, gradients, this::clipUnits);
    }

    private Variable clipUnits(Variable parameter, Variable gradient) {
      // None, which means all, of a vector or scalar.
      int[] axes = IntStream.range(0, gradient.shape().rank() - 1).toArray();
      Variable smallest = parameter.tape().constant(epsilon).square();
      Variable weights = parameter.square().sum(axes).maximum(smallest).sqrt();
      Variable factor = GradientNorm.of(gradient, axes).factor(weights.multiply(clipping));
      return gradient.multiply(factor);
    }

    private static void requireFactor(String name, double value) {
      if (!(value >= 1e-9 && value <= 1e9)) {
        throw new IllegalArgumentException(
            "clip adaptively: expected " + name + " from 1e-9 to 1e9, was " + value);
      }
    }
  }

  private static List<Variable> clipEach(
      List<Variable> parameters, List<Variable> gradients, BinaryOperator<Variable> clip) {
    List<Shape> shapes = parameters.stream().map(Variable::shape).toList();
    List<Shape> own = gradients.stream().map(Variable::shape).toList();
    if (!own.equals(shapes)) {
      throw new IllegalArgumentException(
          "clip: expected gradients of the shapes of the parameters " + shapes + ", was " + own);
    }
    return IntStream.range(0, gradients.size())
        .mapToObj(i -> clip.apply(parameters.get(i), gradients.get(i)))
        .toList();
  }

  private static Variable factor(GradientNorm norm, double limit) {
    return norm.factor(norm.squares().tape().constant(limit));
  }

  private static void requireNorm(String operation, double limit) {
    if (!(limit >= 1e-18 && limit <= 1e18)) {
      throw new IllegalArgumentException(
          operation + ": expected a limit from 1e-18 to 1e18, was " + limit);
    }
  }
}
