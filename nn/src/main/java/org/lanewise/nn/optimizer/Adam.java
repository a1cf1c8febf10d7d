package org.lanewise.nn.optimizer;

import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;

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
    Checks.learningRate("adam", learningRate);
    Checks.decay("adam", "beta1", beta1);
    Checks.decay("adam", "beta2", beta2);
    if (!(epsilon > 0)) {
      throw new IllegalArgumentException("adam: expected epsilon above 0, was " + epsilon);
    }
  }

  @Override
  public Variable step(Slots slots, Variable parameter, Variable gradient, Variable learningRate) {
    Variable m = average(slots, "m", beta1, gradient);
    Variable v = average(slots, "v", beta2, gradient.square());
    Variable mHat = m.divide(unbiased(slots, "beta1_power", beta1));
    Variable vHat = v.divide(unbiased(slots, "beta2_power", beta2));
    return parameter.subtract(mHat.multiply(learningRate).divide(vHat.sqrt().add(epsilon)));
  }

  private static Variable average(Slots slots, String name, double beta, Variable value) {
    Variable before = slots.get(name, value.shape(), 0);
    Variable after = before.multiply(beta).add(value.multiply(1 - beta));
    slots.set(name, after);
    return after;
  }

  /** 1 − βᵗ, what the weights of an average that started at 0 add up to. */
  private static Variable unbiased(Slots slots, String name, double beta) {
    Variable power = slots.get(name, Shape.SCALAR, 1).multiply(beta);
    slots.set(name, power);
    return power.tape().constant(1).subtract(power);
  }
}
