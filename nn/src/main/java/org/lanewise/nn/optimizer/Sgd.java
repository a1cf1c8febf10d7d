package org.lanewise.nn.optimizer;

import org.lanewise.autodiff.Variable;
import org.lanewise.nn.check.Checks;

/**
 * Stochastic gradient descent: θ ← θ − ηg.
 *
 * <p>Source: Robbins and Monro, <i>A stochastic approximation method</i>, 1951.
 *
 * @param learningRate η, above 0
 */
public record Sgd(double learningRate) implements Optimizer {
  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if the learning rate is not above 0
   */
  public Sgd {
    Checks.positive("sgd", "a learning rate", learningRate);
  }

  @Override
  public Variable step(
      Slots slots, Variable parameter, Variable gradient, Hyperparameters hyperparameters) {
    return parameter.subtract(gradient.multiply(hyperparameters.learningRate()));
  }
}
