package org.lanewise.nn.optimizer;

import java.util.List;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.nn.check.Checks;

/**
 * Lion: θ ← θ − η sign(β₁m + (1 − β₁)g), m ← β₂m + (1 − β₂)g. The sign of 0 is 0.
 *
 * <p>Source: Chen et al., <i>Symbolic discovery of optimization algorithms</i>, 2023, algorithm 2,
 * whose weight decay is {@link WeightDecay}.
 *
 * @param learningRate η, above 0
 * @param beta1 β₁, the momentum, from 0 to below 1
 * @param beta2 β₂, from 0 to below 1
 */
public record Lion(double learningRate, double beta1, double beta2) implements Optimizer {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public Lion {
    Checks.positive("lion", "a learning rate", learningRate);
    Checks.decay("lion", "beta1", beta1);
    Checks.decay("lion", "beta2", beta2);
  }

  /**
   * The same rule with another β₁.
   *
   * @param newBeta1 β₁, the momentum, from 0 to below 1
   * @return the optimizer
   * @throws IllegalArgumentException if it is out of its range
   */
  public Lion beta1(double newBeta1) {
    return new Lion(learningRate, newBeta1, beta2);
  }

  /**
   * The same rule with another β₂.
   *
   * @param newBeta2 β₂, from 0 to below 1
   * @return the optimizer
   * @throws IllegalArgumentException if it is out of its range
   */
  public Lion beta2(double newBeta2) {
    return new Lion(learningRate, beta1, newBeta2);
  }

  @Override
  public double momentum() {
    return beta1;
  }

  @Override
  public List<Slot> slots(Shape parameter) {
    return List.of(Slot.of("m", parameter));
  }

  @Override
  public Variable step(
      Slots slots, Variable parameter, Variable gradient, Hyperparameters hyperparameters) {
    Variable before = slots.get("m");
    Variable direction = Average.of(hyperparameters).mix(before, gradient).sign();
    Average.of(gradient.tape(), beta2).next(slots, "m", gradient);
    return parameter.subtract(direction.multiply(hyperparameters.learningRate()));
  }
}
