package org.lanewise.nn.optimizer;

import org.lanewise.autodiff.Variable;

/** A rule by which parameters follow their gradients, recorded as operations. */
public interface Optimizer {
  /**
   * The step size that training starts with.
   *
   * @return the learning rate, above 0
   */
  double learningRate();

  /**
   * Records one step for one parameter.
   *
   * @param slots what the rule remembers of this parameter from step to step
   * @param parameter the parameter before the step
   * @param gradient its gradient, of its shape
   * @param learningRate the learning rate of this step, a scalar
   * @return the parameter after the step
   */
  Variable step(Slots slots, Variable parameter, Variable gradient, Variable learningRate);

  /**
   * Stochastic gradient descent: θ ← θ − ηg.
   *
   * @param learningRate η, above 0
   * @return the optimizer
   */
  static Sgd sgd(double learningRate) {
    return new Sgd(learningRate, 0);
  }

  /**
   * Stochastic gradient descent with momentum: m ← βm − ηg, θ ← θ + m.
   *
   * @param learningRate η, above 0
   * @param momentum β, from 0 to below 1; 0.9 is usual
   * @return the optimizer
   */
  static Sgd momentum(double learningRate, double momentum) {
    return new Sgd(learningRate, momentum);
  }

  /**
   * Adam with β₁ = 0.9, β₂ = 0.999 and ε = 10⁻⁷.
   *
   * @param learningRate η, above 0; 0.001 is usual
   * @return the optimizer
   */
  static Adam adam(double learningRate) {
    return new Adam(learningRate, 0.9, 0.999, 1e-7);
  }
}
