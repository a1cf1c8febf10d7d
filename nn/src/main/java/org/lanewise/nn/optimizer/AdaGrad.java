package org.lanewise.nn.optimizer;

import java.util.List;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.nn.check.Checks;

/**
 * AdaGrad: s ← s + g², θ ← θ − ηg / (√s + ε).
 *
 * <p>s starts at 0 and ε is added to the root, as in the source and in PyTorch; TensorFlow starts s
 * at 0.1 and adds ε under the root.
 *
 * <p>Source: Duchi, Hazan and Singer, <i>Adaptive subgradient methods for online learning and
 * stochastic optimization</i>, 2011.
 *
 * @param learningRate η, above 0
 * @param epsilon ε, from 10<sup>−18</sup> to 10<sup>18</sup>
 */
public record AdaGrad(double learningRate, double epsilon) implements Optimizer {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public AdaGrad {
    Checks.positive("ada_grad", "a learning rate", learningRate);
    Adam.checkEpsilon("ada_grad", epsilon);
  }

  /**
   * The same rule with another ε.
   *
   * @param newEpsilon ε, from 10<sup>−18</sup> to 10<sup>18</sup>
   * @return the optimizer
   * @throws IllegalArgumentException if it is out of its range
   */
  public AdaGrad epsilon(double newEpsilon) {
    return new AdaGrad(learningRate, newEpsilon);
  }

  @Override
  public List<Slot> slots(Shape parameter) {
    return List.of(Slot.of("s", parameter));
  }

  @Override
  public Variable step(
      Slots slots, Variable parameter, Variable gradient, Hyperparameters hyperparameters) {
    Variable sum = slots.get("s").add(gradient.square());
    slots.set("s", sum);
    Variable scaled = gradient.divide(sum.sqrt().add(epsilon));
    return parameter.subtract(scaled.multiply(hyperparameters.learningRate()));
  }
}
