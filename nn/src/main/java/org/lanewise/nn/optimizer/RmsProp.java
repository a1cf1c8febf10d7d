package org.lanewise.nn.optimizer;

import java.util.List;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.nn.check.Checks;

/**
 * RMSProp: s ← ρs + (1 − ρ)g², θ ← θ − ηg / (√s + ε).
 *
 * <p>Centered, it divides by the deviation of the gradients instead: d ← ρd + (1 − ρ)g, θ ← θ − ηg
 * / (√(s − d²) + ε). The difference is kept as a variance of its own, ρ(1 − ρ)(g − d)² added to ρ
 * of itself, so that it is never below 0. A gradient that stays the same has no deviation, and its
 * steps grow towards ηg/ε.
 *
 * <p>s starts at 0 and ε is added to the root, as in PyTorch; Keras adds it under the root.
 *
 * <p>Sources: Tieleman and Hinton, <i>Neural networks for machine learning</i>, lecture 6.5, 2012;
 * centered: Graves, <i>Generating sequences with recurrent neural networks</i>, 2013, equations 38
 * to 41.
 *
 * @param learningRate η, above 0
 * @param decay ρ, from 0 to below 1
 * @param epsilon ε, from 10<sup>−18</sup> to 10<sup>18</sup>
 * @param centered whether it divides by the deviation of the gradients
 */
public record RmsProp(double learningRate, double decay, double epsilon, boolean centered)
    implements Optimizer {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public RmsProp {
    Checks.positive("rms_prop", "a learning rate", learningRate);
    Checks.decay("rms_prop", "a decay", decay);
    Adam.checkEpsilon("rms_prop", epsilon);
  }

  /**
   * The same rule with another ρ.
   *
   * @param newDecay ρ, from 0 to below 1
   * @return the optimizer
   * @throws IllegalArgumentException if it is out of its range
   */
  public RmsProp decay(double newDecay) {
    return new RmsProp(learningRate, newDecay, epsilon, centered);
  }

  /**
   * The same rule with another ε.
   *
   * @param newEpsilon ε, from 10<sup>−18</sup> to 10<sup>18</sup>
   * @return the optimizer
   * @throws IllegalArgumentException if it is out of its range
   */
  public RmsProp epsilon(double newEpsilon) {
    return new RmsProp(learningRate, decay, newEpsilon, centered);
  }

  /**
   * The same rule, centered or not.
   *
   * @param newCentered whether it divides by the deviation of the gradients
   * @return the optimizer
   */
  public RmsProp centered(boolean newCentered) {
    return new RmsProp(learningRate, decay, epsilon, newCentered);
  }

  @Override
  public List<Slot> slots(Shape parameter) {
    return centered
        ? List.of(Slot.of("d", parameter), Slot.of("variance", parameter))
        : List.of(Slot.of("s", parameter));
  }

  @Override
  public Variable step(
      Slots slots, Variable parameter, Variable gradient, Hyperparameters hyperparameters) {
    Average average = Average.of(gradient.tape(), decay);
    Variable squares =
        centered ? variance(average, slots, gradient) : average.next(slots, "s", gradient.square());
    Variable scaled = gradient.divide(squares.sqrt().add(epsilon));
    return parameter.subtract(scaled.multiply(hyperparameters.learningRate()));
  }

  private static Variable variance(Average average, Slots slots, Variable gradient) {
    Variable before = slots.get("d");
    Variable squared = gradient.subtract(before).square().multiply(average.past());
    average.next(slots, "d", gradient);
    return average.next(slots, "variance", squared);
  }
}
