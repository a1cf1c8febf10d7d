package org.lanewise.nn.loss;

import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;

/** A number that says how well outputs fit their targets: the mean of a number for each example. */
public interface Metric {
  /**
   * The name, as in {@code accuracy}.
   *
   * @return the name, in lower case
   */
  String name();

  /**
   * The shape of the target of one example.
   *
   * @param output the shape of the output for one example
   * @return the shape
   * @throws IllegalArgumentException if such outputs cannot be rated
   */
  Shape targetShape(Shape output);

  /**
   * Checks targets beyond their shapes: whether labels are classes.
   *
   * @param targets all targets, [examples, target shape…]
   * @param output the shape of the output for one example
   * @throws IllegalArgumentException if a target has no meaning; by default all have one
   */
  default void requireTargets(Tensor targets, Shape output) {}

  /**
   * Records the mean over a batch. Targets must have passed {@link #requireTargets}; of others the
   * result means nothing.
   *
   * @param outputs the outputs of a network, [batch, output shape…]
   * @param targets the targets, [batch, target shape…]
   * @return a scalar
   * @throws IllegalArgumentException if the shapes do not fit
   */
  Variable record(Variable outputs, Variable targets);

  /**
   * The share of examples whose largest output is at their integer label.
   *
   * @return the metric
   */
  static Accuracy accuracy() {
    return new Accuracy();
  }

  /**
   * The share of outputs (logits) on the side of their target, 0 or 1.
   *
   * @return the metric
   */
  static BinaryAccuracy binaryAccuracy() {
    return new BinaryAccuracy();
  }
}
