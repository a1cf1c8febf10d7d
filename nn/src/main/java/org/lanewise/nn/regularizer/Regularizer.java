package org.lanewise.nn.regularizer;

import org.lanewise.autodiff.Variable;

/** A penalty on large elements, which training adds to the loss. */
@FunctionalInterface
public interface Regularizer {
  /**
   * Records the penalty.
   *
   * @param w the tensor that is penalized: a parameter, or a batch of activities
   * @return a scalar
   */
  Variable penalty(Variable w);

  /**
   * ℓ1: λ Σ|w|, which leads to sparse weights.
   *
   * @param factor λ, at least 0; 0.01 is what Keras starts with
   * @return the regularizer
   * @throws IllegalArgumentException if the factor is negative or not finite as a float
   */
  static Regularizer l1(double factor) {
    return new ElasticNet(factor, 0);
  }

  /**
   * ℓ2: λ Σw², not half of it.
   *
   * @param factor λ, at least 0; 0.01 is what Keras starts with
   * @return the regularizer
   * @throws IllegalArgumentException if the factor is negative or not finite as a float
   */
  static Regularizer l2(double factor) {
    return new ElasticNet(0, factor);
  }

  /**
   * ℓ1 and ℓ2: λ₁ Σ|w| + λ₂ Σw².
   *
   * @param factor1 λ₁, at least 0
   * @param factor2 λ₂, at least 0
   * @return the regularizer
   * @throws IllegalArgumentException if a factor is negative or not finite as a float
   */
  static Regularizer l1l2(double factor1, double factor2) {
    return new ElasticNet(factor1, factor2);
  }
}
