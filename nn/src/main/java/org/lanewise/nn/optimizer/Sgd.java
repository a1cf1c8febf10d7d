package org.lanewise.nn.optimizer;

import org.lanewise.autodiff.Variable;
import org.lanewise.nn.check.Checks;

/**
 * Stochastic gradient descent, with momentum if β is not 0: m ← βm − ηg, θ ← θ + m.
 *
 * <p>Source: Polyak, <i>Some methods of speeding up the convergence of iteration methods</i>, 1964.
 *
 * @param learningRate η, above 0
 * @param momentum β, from 0 to below 1
 */
public record Sgd(double learningRate, double momentum) implements Optimizer {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if the learning rate is not above 0 or β not from 0 to below 1
   */
  public Sgd {
    Checks.positive("sgd", "a learning rate", learningRate);
    Checks.decay("sgd", "momentum", momentum);
  }

  @Override
  public Variable step(Slots slots, Variable parameter, Variable gradient, Variable learningRate) {
    Variable move = gradient.multiply(learningRate);
    if (momentum == 0) {
      return parameter.subtract(move);
    }
    Variable velocity =
        slots.get("momentum", parameter.shape(), 0).multiply(momentum).subtract(move);
    slots.set("momentum", velocity);
    return parameter.add(velocity);
  }
}
