package org.lanewise.nn.loss;

import java.util.List;

/** A metric that training makes small: differentiable in the outputs. */
public interface Loss extends Metric {
  @Override
  default String name() {
    return "loss";
  }

  /**
   * What is usually reported beside this loss.
   *
   * @return other metrics over the same outputs and targets, none by default
   */
  default List<Metric> companions() {
    return List.of();
  }

  /**
   * This loss, multiplied: how much it counts beside those of other outputs.
   *
   * @param weight the factor, above 0
   * @return the loss
   * @throws IllegalArgumentException if the weight is not finite and above 0
   */
  default Loss weighted(double weight) {
    return new WeightedLoss(this, weight);
  }
}
