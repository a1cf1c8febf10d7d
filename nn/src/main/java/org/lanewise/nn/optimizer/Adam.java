package org.lanewise.nn.optimizer;

import java.util.List;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.nn.check.Checks;

/**
 * Adam: m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², θ ← θ − η m̂ / (√v̂ + ε), where m̂ = m / (1 −
 * β₁ᵗ) and v̂ = v / (1 − β₂ᵗ) at step t.
 *
 * <p>Source: Kingma and Ba, <i>Adam: a method for stochastic optimization</i>, 2015, algorithm 1;
 * PyTorch's is the same. Keras adds its ε to √v before the correction.
 *
 * @param learningRate η, above 0
 * @param beta1 β₁, the momentum, from 0 to below 1
 * @param beta2 β₂, from 0 to below 1
 * @param epsilon ε, from 10<sup>−18</sup> to 10<sup>18</sup>
 */
public record Adam(double learningRate, double beta1, double beta2, double epsilon)
    implements Optimizer {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public Adam {
    check("adam", learningRate, beta1, beta2);
    checkEpsilon("adam", epsilon);
  }

  /** The checks of Adam and its relatives. */
  static void check(String optimizer, double learningRate, double beta1, double beta2) {
    Checks.positive(optimizer, "a learning rate", learningRate);
    Checks.decay(optimizer, "beta1", beta1);
    Checks.decay(optimizer, "beta2", beta2);
  }

  /**
   * Checks an ε that is added to the root of squares of gradients. The squares of small gradients
   * are 0 as floats. Beside an ε of 10⁻¹⁸ they make no difference; divided by a smaller one, such a
   * gradient would make a step that is as many times too large.
   */
  static void checkEpsilon(String optimizer, double epsilon) {
    if (!(epsilon >= 1e-18 && epsilon <= 1e18)) {
      throw new IllegalArgumentException(
          optimizer + ": expected epsilon from 1e-18 to 1e18, was " + epsilon);
    }
  }

  /**
   * The same rule with another β₁.
   *
   * @param newBeta1 β₁, the momentum, from 0 to below 1
   * @return the optimizer
   * @throws IllegalArgumentException if it is out of its range
   */
  public Adam beta1(double newBeta1) {
    return new Adam(learningRate, newBeta1, beta2, epsilon);
  }

  /**
   * The same rule with another β₂.
   *
   * @param newBeta2 β₂, from 0 to below 1
   * @return the optimizer
   * @throws IllegalArgumentException if it is out of its range
   */
  public Adam beta2(double newBeta2) {
    return new Adam(learningRate, beta1, newBeta2, epsilon);
  }

  /**
   * The same rule with another ε.
   *
   * @param newEpsilon ε, from 10<sup>−18</sup> to 10<sup>18</sup>
   * @return the optimizer
   * @throws IllegalArgumentException if it is out of its range
   */
  public Adam epsilon(double newEpsilon) {
    return new Adam(learningRate, beta1, beta2, newEpsilon);
  }

  @Override
  public double momentum() {
    return beta1;
  }

  @Override
  public List<Slot> slots(Shape parameter) {
    return List.of(
        Slot.of("v", parameter),
        Slot.shared("v_weight"),
        Slot.of("m", parameter),
        Slot.shared("m_weight"));
  }

  @Override
  public Variable step(
      Slots slots, Variable parameter, Variable gradient, Hyperparameters hyperparameters) {
    Average average2 = Average.of(gradient.tape(), beta2);
    Variable v = average2.next(slots, "v", gradient.square());
    Variable root = root(v, average2.weight(slots, "v_weight"));
    return parameter.subtract(
        correctedMove(slots, gradient, hyperparameters).divide(root.add(epsilon)));
  }

  /** ηm̂, the correction taken together with η: one product an element instead of two. */
  static Variable correctedMove(Slots slots, Variable gradient, Hyperparameters hyperparameters) {
    Average average1 = Average.of(hyperparameters);
    Variable m = average1.next(slots, "m", gradient);
    Variable weight = average1.weight(slots, "m_weight");
    return m.multiply(hyperparameters.learningRate().divide(weight));
  }

  /** √(v / weight). */
  static Variable root(Variable v, Variable weight) {
    return v.sqrt().multiply(weight.rsqrt());
  }
}
