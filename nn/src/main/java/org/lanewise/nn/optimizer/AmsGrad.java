package org.lanewise.nn.optimizer;

import java.util.List;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;

/**
 * AMSGrad: {@link Adam} with the largest v so far in the place of v, so that no parameter's steps
 * grow again after a large gradient is forgotten.
 *
 * <p>The largest v is corrected by 1 − β₂ᵗ afterwards, as in PyTorch; the source corrects neither
 * average, Keras as its Adam does.
 *
 * <p>Source: Reddi, Kale and Kumar, <i>On the convergence of Adam and beyond</i>, 2018, algorithm
 * 2.
 *
 * @param learningRate η, above 0
 * @param beta1 β₁, the momentum, from 0 to below 1
 * @param beta2 β₂, from 0 to below 1
 * @param epsilon ε, from 10<sup>−18</sup> to 10<sup>18</sup>
 */
public record AmsGrad(double learningRate, double beta1, double beta2, double epsilon)
    implements Optimizer {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public AmsGrad {
    Adam.check("ams_grad", learningRate, beta1, beta2);
    Adam.checkEpsilon("ams_grad", epsilon);
  }

  /**
   * The same rule with another β₁.
   *
   * @param newBeta1 β₁, the momentum, from 0 to below 1
   * @return the optimizer
   * @throws IllegalArgumentException if it is out of its range
   */
  public AmsGrad beta1(double newBeta1) {
    return new AmsGrad(learningRate, newBeta1, beta2, epsilon);
  }

  /**
   * The same rule with another β₂.
   *
   * @param newBeta2 β₂, from 0 to below 1
   * @return the optimizer
   * @throws IllegalArgumentException if it is out of its range
   */
  public AmsGrad beta2(double newBeta2) {
    return new AmsGrad(learningRate, beta1, newBeta2, epsilon);
  }

  /**
   * The same rule with another ε.
   *
   * @param newEpsilon ε, from 10<sup>−18</sup> to 10<sup>18</sup>
   * @return the optimizer
   * @throws IllegalArgumentException if it is out of its range
   */
  public AmsGrad epsilon(double newEpsilon) {
    return new AmsGrad(learningRate, beta1, beta2, newEpsilon);
  }

  @Override
  public double momentum() {
    return beta1;
  }

  @Override
  public List<Slot> slots(Shape parameter) {
    return List.of(
        Slot.of("v", parameter),
        Slot.of("v_max", parameter),
        Slot.shared("v_weight"),
        Slot.of("m", parameter),
        Slot.shared("m_weight"));
  }

  @Override
  public Variable step(
      Slots slots, Variable parameter, Variable gradient, Hyperparameters hyperparameters) {
    Average average2 = Average.of(gradient.tape(), beta2);
    Variable v = average2.next(slots, "v", gradient.square());
    Variable largest = slots.get("v_max").maximum(v);
    slots.set("v_max", largest);
    Variable root = Adam.root(largest, average2.weight(slots, "v_weight"));
    return parameter.subtract(
        Adam.correctedMove(slots, gradient, hyperparameters).divide(root.add(epsilon)));
  }
}
