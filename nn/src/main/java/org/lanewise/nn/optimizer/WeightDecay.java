package org.lanewise.nn.optimizer;

import java.util.List;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.nn.check.Checks;

/**
 * Another optimizer's step after parameters were made smaller: θ ← (1 − ηλ)θ, then the step. The
 * gradient is that of the loss alone, so the decay is not divided by what the rule divides by.
 *
 * <p>Around {@link Adam} this is AdamW. λ is multiplied by the learning rate, as in PyTorch and
 * Keras; the source multiplies by the schedule alone.
 *
 * <p>Source: Loshchilov and Hutter, <i>Decoupled weight decay regularization</i>, 2019, algorithm
 * 2.
 *
 * @param rule the optimizer that takes the step
 * @param decay λ, at least 0
 */
public record WeightDecay(Optimizer rule, double decay) implements Optimizer {
  /**
   * Checks the decay.
   *
   * @throws IllegalArgumentException if it is below 0 or not finite
   */
  public WeightDecay {
    Checks.notNegative("weight_decay", "a decay", decay);
  }

  /**
   * The same rule with another λ.
   *
   * @param newDecay λ, at least 0
   * @return the optimizer
   * @throws IllegalArgumentException if it is out of its range
   */
  public WeightDecay decay(double newDecay) {
    return new WeightDecay(rule, newDecay);
  }

  @Override
  public double learningRate() {
    return rule.learningRate();
  }

  @Override
  public double momentum() {
    return rule.momentum();
  }

  @Override
  public List<Slot> slots(Shape parameter) {
    return rule.slots(parameter);
  }

  @Override
  public Variable step(
      Slots slots, Variable parameter, Variable gradient, Hyperparameters hyperparameters) {
    double lambda = decay * hyperparameters.decayFactor();
    Variable decayed =
        lambda == 0
            ? parameter
            : parameter.subtract(
                parameter.multiply(hyperparameters.learningRate().multiply(lambda)));
    return rule.step(slots, decayed, gradient, hyperparameters);
  }
}
