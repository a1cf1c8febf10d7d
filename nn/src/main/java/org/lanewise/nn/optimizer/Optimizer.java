package org.lanewise.nn.optimizer;

import java.util.List;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;

/**
 * A rule by which parameters follow their gradients, recorded as operations.
 *
 * <p>In the formulas g is the gradient, η the learning rate, θ the parameter; powers, roots,
 * products and quotients are taken element by element. Where PyTorch, Keras and the papers differ,
 * the rules here are PyTorch's, and each says where; but in {@link Momentum} and {@link Nesterov}
 * the learning rate is part of what is remembered, as in their sources and in Keras, which differs
 * while a schedule changes it.
 *
 * <p>Numbers that a rule is not given are the usual ones, and each can be replaced: {@code
 * adam(0.001).beta2(0.99)}.
 */
public interface Optimizer {
  /**
   * The step size before a schedule changes it.
   *
   * @return the learning rate η, above 0
   */
  double learningRate();

  /**
   * The share of the past in the direction of a step before a schedule changes it: the momentum β,
   * or β₁ of the rules that have two.
   *
   * @return the momentum, from 0 to below 1; 0 for a rule without
   */
  default double momentum() {
    return 0;
  }

  /**
   * What the rule remembers from step to step of a parameter, and of all together. A rule that goes
   * around another remembers what that one does.
   *
   * @param parameter the shape of the parameter
   * @return the slots, each of its own name; none by default
   */
  default List<Slot> slots(Shape parameter) {
    return List.of();
  }

  /**
   * Records one step for one parameter.
   *
   * @param slots the memory that {@link #slots} declares
   * @param parameter the parameter before the step
   * @param gradient its gradient, of its shape
   * @param hyperparameters the learning rate and the momentum of this step
   * @return the parameter after the step
   */
  Variable step(
      Slots slots, Variable parameter, Variable gradient, Hyperparameters hyperparameters);

  /**
   * Stochastic gradient descent.
   *
   * @param learningRate η, above 0; 0.01 is usual
   * @return the optimizer
   */
  static Sgd sgd(double learningRate) {
    return new Sgd(learningRate);
  }

  /**
   * Momentum optimization.
   *
   * @param learningRate η, above 0; 0.01 is usual
   * @param momentum β, from 0 to below 1; 0.9 is usual
   * @return the optimizer
   */
  static Momentum momentum(double learningRate, double momentum) {
    return new Momentum(learningRate, momentum);
  }

  /**
   * Nesterov's accelerated gradient.
   *
   * @param learningRate η, above 0; 0.01 is usual
   * @param momentum β, from 0 to below 1; 0.9 is usual
   * @return the optimizer
   */
  static Nesterov nesterov(double learningRate, double momentum) {
    return new Nesterov(learningRate, momentum);
  }

  /**
   * AdaGrad with ε = 10⁻¹⁰.
   *
   * @param learningRate η, above 0; 0.01 is usual
   * @return the optimizer
   */
  static AdaGrad adaGrad(double learningRate) {
    return new AdaGrad(learningRate, 1e-10);
  }

  /**
   * RMSProp with ρ = 0.9 and ε = 10⁻⁷, not centered.
   *
   * @param learningRate η, above 0; 0.001 is usual
   * @return the optimizer
   */
  static RmsProp rmsProp(double learningRate) {
    return new RmsProp(learningRate, 0.9, 1e-7, false);
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

  /**
   * AdaMax with β₁ = 0.9, β₂ = 0.999 and ε = 10⁻⁷.
   *
   * @param learningRate η, above 0; 0.002 is usual
   * @return the optimizer
   */
  static AdaMax adaMax(double learningRate) {
    return new AdaMax(learningRate, 0.9, 0.999, 1e-7);
  }

  /**
   * Nadam with β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁷ and ψ = 0.004.
   *
   * @param learningRate η, above 0; 0.001 is usual
   * @return the optimizer
   */
  static Nadam nadam(double learningRate) {
    return new Nadam(learningRate, 0.9, 0.999, 1e-7, 0.004);
  }

  /**
   * AMSGrad with β₁ = 0.9, β₂ = 0.999 and ε = 10⁻⁷.
   *
   * @param learningRate η, above 0; 0.001 is usual
   * @return the optimizer
   */
  static AmsGrad amsGrad(double learningRate) {
    return new AmsGrad(learningRate, 0.9, 0.999, 1e-7);
  }

  /**
   * AdamW: {@link #adam} with the decoupled weight decay λ = 0.01.
   *
   * @param learningRate η, above 0; 0.001 is usual
   * @return the optimizer
   */
  static WeightDecay adamW(double learningRate) {
    return adam(learningRate).weightDecay(0.01);
  }

  /**
   * Lion with β₁ = 0.9 and β₂ = 0.99; its source uses it with {@link #weightDecay}.
   *
   * @param learningRate η, above 0; 0.0001 is usual, a third to a tenth of Adam's
   * @return the optimizer
   */
  static Lion lion(double learningRate) {
    return new Lion(learningRate, 0.9, 0.99);
  }

  /**
   * The same rule with decoupled weight decay.
   *
   * @param decay λ, at least 0
   * @return the optimizer
   * @throws IllegalArgumentException if the decay is below 0 or not finite
   */
  default WeightDecay weightDecay(double decay) {
    return new WeightDecay(this, decay);
  }
}
