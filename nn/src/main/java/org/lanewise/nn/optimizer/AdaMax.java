package org.lanewise.nn.optimizer;

import java.util.List;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.nn.check.Checks;

/**
 * AdaMax, {@link Adam} by the ℓ<sub>∞</sub> norm: m ← β₁m + (1 − β₁)g, u ← max(β₂u, |g| + ε), θ ← θ
 * − η / (1 − β₁ᵗ) · m / u.
 *
 * <p>ε is where PyTorch has it; the source has none, Keras adds it to u in the quotient.
 *
 * <p>Source: Kingma and Ba, <i>Adam: a method for stochastic optimization</i>, 2015, algorithm 2.
 *
 * @param learningRate η, above 0
 * @param beta1 β₁, the momentum, from 0 to below 1
 * @param beta2 β₂, from 0 to below 1
 * @param epsilon ε, above 0
 */
public record AdaMax(double learningRate, double beta1, double beta2, double epsilon)
    implements Optimizer {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public AdaMax {
    Adam.check("ada_max", learningRate, beta1, beta2);
    Checks.positive("ada_max", "epsilon", epsilon);
  }

  /**
   * The same rule with another β₁.
   *
   * @param newBeta1 β₁, the momentum, from 0 to below 1
   * @return the optimizer
   * @throws IllegalArgumentException if it is out of its range
   */
  public AdaMax beta1(double newBeta1) {
    return new AdaMax(learningRate, newBeta1, beta2, epsilon);
  }

  /**
   * The same rule with another β₂.
   *
   * @param newBeta2 β₂, from 0 to below 1
   * @return the optimizer
   * @throws IllegalArgumentException if it is out of its range
   */
  public AdaMax beta2(double newBeta2) {
    return new AdaMax(learningRate, beta1, newBeta2, epsilon);
  }

  /**
   * The same rule with another ε.
   *
   * @param newEpsilon ε, above 0
   * @return the optimizer
   * @throws IllegalArgumentException if it is out of its range
   */
  public AdaMax epsilon(double newEpsilon) {
    return new AdaMax(learningRate, beta1, beta2, newEpsilon);
  }

  @Override
  public double momentum() {
    return beta1;
  }

  @Override
  public List<Slot> slots(Shape parameter) {
    return List.of(Slot.of("u", parameter), Slot.of("m", parameter), Slot.shared("m_weight"));
  }

  @Override
  public Variable step(
      Slots slots, Variable parameter, Variable gradient, Hyperparameters hyperparameters) {
    Variable before = slots.get("u");
    Variable u = before.multiply(beta2).maximum(gradient.abs().add(epsilon));
    slots.set("u", u);
    return parameter.subtract(Adam.correctedMove(slots, gradient, hyperparameters).divide(u));
  }
}
