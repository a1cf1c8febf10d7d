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
}
