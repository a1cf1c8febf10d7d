package org.lanewise.nn.loss;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.lanewise.autodiff.Variable;
import org.lanewise.nn.layer.Layer;

/**
 * A metric that training minimizes: differentiable in the outputs. Implement {@link #ofEach} for
 * one of your own.
 */
public interface Loss extends Metric {
  /**
   * Records a number for each example, which may be weighted before the mean is taken.
   *
   * @param outputs the outputs of a network, [batch, output shape…]
   * @param targets the targets, [batch, target shape…]
   * @return the losses, [batch]
   * @throws IllegalArgumentException if the shapes do not fit
   */
  Variable ofEach(Variable outputs, Variable targets);

  @Override
  default Variable record(Variable outputs, Variable targets) {
    return ofEach(outputs, targets).mean();
  }

  /**
   * The name of the class in lower case, with underscores, as in {@code mean_squared_error}.
   *
   * @return the name
   */
  @Override
  default String name() {
    return getClass()
        .getSimpleName()
        .replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_")
        .toLowerCase(Locale.ROOT);
  }

  /**
   * The metrics that are usually reported beside this loss.
   *
   * @return other metrics over the same outputs and targets, none by default
   */
  default List<Metric> companions() {
    return List.of();
  }

  /**
   * The layer whose function this loss applies itself: its outputs are logits, and a network that
   * ends with that layer is refused, because the function would be applied twice.
   *
   * @return the layer, none by default
   */
  default Optional<Layer> includes() {
    return Optional.empty();
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
