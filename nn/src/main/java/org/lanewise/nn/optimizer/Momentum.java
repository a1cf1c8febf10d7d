package org.lanewise.nn.optimizer;

import java.util.List;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.nn.check.Checks;

/**
 * Momentum optimization: m ← βm − ηg, θ ← θ + m.
 *
 * <p>The learning rate is part of m, as in the source and in Keras; PyTorch multiplies by it
 * afterwards, which differs only while the learning rate changes.
 *
 * <p>Source: Polyak, <i>Some methods of speeding up the convergence of iteration methods</i>, 1964.
 *
 * @param learningRate η, above 0
 * @param momentum β, from 0 to below 1
 */
public record Momentum(double learningRate, double momentum) implements Optimizer {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if the learning rate is not above 0 or β not from 0 to below 1
   */
  public Momentum {
    Checks.positive("momentum", "a learning rate", learningRate);
    Checks.decay("momentum", "a momentum", momentum);
  }

  @Override
  public List<Slot> slots(Shape parameter) {
    return List.of(Slot.of("momentum", parameter));
  }

  @Override
  public Variable step(
      Slots slots, Variable parameter, Variable gradient, Hyperparameters hyperparameters) {
    Variable move = gradient.multiply(hyperparameters.learningRate());
    return parameter.add(velocity(slots, move, hyperparameters));
  }

  /** m after this step's move was taken from it. */
  static Variable velocity(Slots slots, Variable move, Hyperparameters hyperparameters) {
    Variable before = slots.get("momentum");
    Variable after = before.multiply(hyperparameters.momentum()).subtract(move);
    slots.set("momentum", after);
    return after;
  }
}
