package org.lanewise.nn.optimizer;

import java.util.List;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.nn.check.Checks;

/**
 * Nesterov's accelerated gradient: m ← βm − ηg, θ ← θ + βm − ηg.
 *
 * <p>The parameters kept are those at which the next gradient is measured, a step βm ahead of the
 * original's, so that the gradient is the ordinary one; so do PyTorch and Keras. PyTorch multiplies
 * m by the learning rate afterwards, which differs only while the learning rate changes.
 *
 * <p>Source: Nesterov, <i>A method for unconstrained convex minimization problem with the rate of
 * convergence O(1/k²)</i>, 1983; in this form: Bengio et al., <i>Advances in optimizing recurrent
 * networks</i>, 2012, equations 6 and 7.
 *
 * @param learningRate η, above 0
 * @param momentum β, from 0 to below 1
 */
public record Nesterov(double learningRate, double momentum) implements Optimizer {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if the learning rate is not above 0 or β not from 0 to below 1
   */
  public Nesterov {
    Checks.positive("nesterov", "a learning rate", learningRate);
    Checks.decay("nesterov", "a momentum", momentum);
  }

  @Override
  public List<Slot> slots(Shape parameter) {
    return List.of(Slot.of("momentum", parameter));
  }

  @Override
  public Variable step(
      Slots slots, Variable parameter, Variable gradient, Hyperparameters hyperparameters) {
    Variable move = gradient.multiply(hyperparameters.learningRate());
    Variable velocity = Momentum.velocity(slots, move, hyperparameters);
    return parameter.add(velocity.multiply(hyperparameters.momentum()).subtract(move));
  }
}
