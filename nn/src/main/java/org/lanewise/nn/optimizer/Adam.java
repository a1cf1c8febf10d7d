package org.lanewise.nn.optimizer;

import org.lanewise.autodiff.Variable;
import org.lanewise.nn.check.Checks;

/**
 * Adam: m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², θ ← θ − η m̂ / (√v̂ + ε), where m̂ = m / (1 −
 * β₁ᵗ) and v̂ = v / (1 − β₂ᵗ) at step t.
 *
 * <p>Source: Kingma and Ba, <i>Adam: a method for stochastic optimization</i>, 2015, algorithm 1.
 *
 * @param learningRate η, above 0
 * @param beta1 β₁, from 0 to below 1
 * @param beta2 β₂, from 0 to below 1
 * @param epsilon ε, above 0
 */
public record Adam(double learningRate, double beta1, double beta2, double epsilon)
    implements Optimizer {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public Adam {
    Checks.positive("adam", "a learning rate", learningRate);
    Checks.decay("adam", "beta1", beta1);
    Checks.decay("adam", "beta2", beta2);
    Checks.positive("adam", "epsilon", epsilon);
  }

  @Override
  public Variable step(Slots slots, Variable parameter, Variable gradient, Variable learningRate) {
    // 1 − βᵗ is what the weights of an average that started at 0 add up to, that is, the average of
    // ones. Computed as it stands, it would lose four digits to cancellation at β = 0.999.
    Variable one = gradient.tape().constant(1);
    Variable mHat =
        average(slots, "m", beta1, gradient).divide(average(slots, "m_weight", beta1, one));
    Variable vHat =
        average(slots, "v", beta2, gradient.square())
            .divide(average(slots, "v_weight", beta2, one));
    return parameter.subtract(mHat.multiply(learningRate).divide(vHat.sqrt().add(epsilon)));
  }

  private static Variable average(Slots slots, String name, double beta, Variable value) {
    Variable before = slots.get(name, value.shape(), 0);
    Variable after = before.multiply(beta).add(value.multiply(1 - beta));
    slots.set(name, after);
    return after;
  }
}
