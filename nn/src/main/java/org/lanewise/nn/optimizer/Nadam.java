package org.lanewise.nn.optimizer;

import java.util.List;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.nn.check.Checks;

/**
 * Nadam, {@link Adam} with Nesterov's momentum, which warms up: with μ<sub>t</sub> = β₁ (1 − ½ ·
 * 0.96<sup>tψ</sup>), θ ← θ − η (μ<sub>t+1</sub> m / (1 − μ₁…μ<sub>t+1</sub>) + (1 − μ<sub>t</sub>)
 * g / (1 − μ₁…μ<sub>t</sub>)) / (√v̂ + ε) at step t.
 *
 * <p>Source: Dozat, <i>Incorporating Nesterov momentum into Adam</i>, 2016, algorithm 2; PyTorch's
 * is the same, though version 1.13 multiplies μ<sub>t</sub> twice into the second product unless it
 * works on all parameters at once.
 *
 * @param learningRate η, above 0
 * @param beta1 β₁, the momentum, from 0 to below 1
 * @param beta2 β₂, from 0 to below 1
 * @param epsilon ε, from 10<sup>−18</sup> to 10<sup>18</sup>
 * @param momentumDecay ψ, above 0
 */
public record Nadam(
    double learningRate, double beta1, double beta2, double epsilon, double momentumDecay)
    implements Optimizer {
  private static final double WARM_UP = 0.96;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public Nadam {
    Adam.check("nadam", learningRate, beta1, beta2);
    Adam.checkEpsilon("nadam", epsilon);
    Checks.positive("nadam", "a momentum decay", momentumDecay);
  }

  /**
   * The same rule with another β₁.
   *
   * @param newBeta1 β₁, the momentum, from 0 to below 1
   * @return the optimizer
   * @throws IllegalArgumentException if it is out of its range
   */
  public Nadam beta1(double newBeta1) {
    return new Nadam(learningRate, newBeta1, beta2, epsilon, momentumDecay);
  }

  /**
   * The same rule with another β₂.
   *
   * @param newBeta2 β₂, from 0 to below 1
   * @return the optimizer
   * @throws IllegalArgumentException if it is out of its range
   */
  public Nadam beta2(double newBeta2) {
    return new Nadam(learningRate, beta1, newBeta2, epsilon, momentumDecay);
  }

  /**
   * The same rule with another ε.
   *
   * @param newEpsilon ε, from 10<sup>−18</sup> to 10<sup>18</sup>
   * @return the optimizer
   * @throws IllegalArgumentException if it is out of its range
   */
  public Nadam epsilon(double newEpsilon) {
    return new Nadam(learningRate, beta1, beta2, newEpsilon, momentumDecay);
  }

  /**
   * The same rule with another ψ.
   *
   * @param newMomentumDecay ψ, above 0
   * @return the optimizer
   * @throws IllegalArgumentException if it is out of its range
   */
  public Nadam momentumDecay(double newMomentumDecay) {
    return new Nadam(learningRate, beta1, beta2, epsilon, newMomentumDecay);
  }

  @Override
  public double momentum() {
    return beta1;
  }

  @Override
  public List<Slot> slots(Shape parameter) {
    return List.of(
        Slot.shared("steps"),
        Slot.shared("mu_weight"),
        Slot.of("m", parameter),
        Slot.of("v", parameter),
        Slot.shared("v_weight"));
  }

  @Override
  public Variable step(
      Slots slots, Variable parameter, Variable gradient, Hyperparameters hyperparameters) {
    Average average1 = Average.of(hyperparameters);
    Average average2 = Average.of(gradient.tape(), beta2);
    Variable t = slots.shared("steps", before -> before.add(1));
    Average now = warmedUp(hyperparameters, t);
    Average next = warmedUp(hyperparameters, t.add(1));
    // 1 − μ₁…μₜ is what the weights of an average with these μ add up to.
    Variable weight = now.weight(slots, "mu_weight");
    Variable nextWeight = next.mix(weight, t.tape().constant(1));
    Variable rate = hyperparameters.learningRate();
    Variable m = average1.next(slots, "m", gradient);
    Variable move =
        m.multiply(rate.multiply(next.past()).divide(nextWeight))
            .add(gradient.multiply(rate.multiply(now.present()).divide(weight)));
    Variable v = average2.next(slots, "v", gradient.square());
    Variable root = Adam.root(v, average2.weight(slots, "v_weight"));
    return parameter.subtract(move.divide(root.add(epsilon)));
  }

  /** The average whose β is μ at step t. */
  private Average warmedUp(Hyperparameters hyperparameters, Variable t) {
    Variable left = t.multiply(momentumDecay * Math.log(WARM_UP)).exp().multiply(0.5);
    Variable one = t.tape().constant(1);
    Variable mu = hyperparameters.momentum().multiply(one.subtract(left));
    return new Average(mu, one.subtract(mu));
  }
}
