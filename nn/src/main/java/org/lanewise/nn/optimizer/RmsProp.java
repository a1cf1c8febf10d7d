package org.lanewise.nn.optimizer;

import org.lanewise.autodiff.Variable;
import org.lanewise.nn.check.Checks;

/**
 * RMSProp: s ← ρs + (1 − ρ)g², θ ← θ − ηg / (√s + ε).
 *
 * <p>s starts at 0 and ε is added to the root, as in PyTorch; Keras adds it under the root.
 *
 * <p>Source: Tieleman and Hinton, <i>Neural networks for machine learning</i>, lecture 6.5, 2012.
 *
 * @param learningRate η, above 0
 * @param decay ρ, from 0 to below 1
 * @param epsilon ε, above 0
 */
public record RmsProp(double learningRate, double decay, double epsilon) implements Optimizer {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public RmsProp {
    Checks.positive("rms_prop", "a learning rate", learningRate);
    Checks.decay("rms_prop", "a decay", decay);
    Checks.positive("rms_prop", "epsilon", epsilon);
  }

  @Override
  public Variable step(
      Slots slots, Variable parameter, Variable gradient, Hyperparameters hyperparameters) {
    Variable average = Average.of(gradient.tape(), decay).next(slots, "s", gradient.square());
    Variable scaled = gradient.divide(average.sqrt().add(epsilon));
    return parameter.subtract(scaled.multiply(hyperparameters.learningRate()));
  }
}
