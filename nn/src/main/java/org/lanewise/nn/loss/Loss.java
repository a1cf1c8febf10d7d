package org.lanewise.nn.loss;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.lanewise.autodiff.Variable;
import org.lanewise.nn.layer.Layer;

/**
 * A metric that training minimizes: differentiable in the outputs. The static methods give those of
 * this package; implement {@link #ofEach} for one of your own.
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

  /**
   * The cross-entropy of the softmax of outputs and integer labels: for one class of several.
   *
   * @return the loss
   */
  static SoftmaxCrossEntropy softmaxCrossEntropy() {
    return new SoftmaxCrossEntropy();
  }

  /**
   * The cross-entropy of the logistic function of outputs and probabilities: for one class of two,
   * by a single output, and for several labels that do not exclude each other, by an output each.
   *
   * @return the loss
   */
  static BinaryCrossEntropy binaryCrossEntropy() {
    return new BinaryCrossEntropy();
  }

  /**
   * The mean of squared differences.
   *
   * @return the loss
   */
  static MeanSquaredError meanSquaredError() {
    return new MeanSquaredError();
  }

  /**
   * The mean of absolute differences.
   *
   * @return the loss
   */
  static MeanAbsoluteError meanAbsoluteError() {
    return new MeanAbsoluteError();
  }

  /**
   * The Huber loss with δ = 1: squares near the targets, absolute differences beyond.
   *
   * @return the loss
   */
  static Huber huber() {
    return new Huber();
  }

  /**
   * The Huber loss: squares near the targets, absolute differences beyond.
   *
   * @param delta where the square ends, above 0
   * @return the loss
   * @throws IllegalArgumentException if δ is not above 0 and finite as a float
   */
  static Huber huber(double delta) {
    return new Huber(delta);
  }

  /**
   * The hinge loss, for targets of −1 and 1.
   *
   * @return the loss
   */
  static Hinge hinge() {
    return new Hinge();
  }

  /**
   * One less the cosine of the angle between outputs and targets.
   *
   * @return the loss
   */
  static CosineDistance cosineDistance() {
    return new CosineDistance();
  }

  /**
   * The Kullback-Leibler divergence of the softmax of outputs from distributions.
   *
   * @return the loss
   */
  static KlDivergence klDivergence() {
    return new KlDivergence();
  }
}
