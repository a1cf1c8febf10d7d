package org.lanewise.nn.loss;

import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.activation.Softmax;
import org.lanewise.nn.check.Checks;
import org.lanewise.nn.layer.Layer;

/**
 * The cross-entropy between the softmax p of outputs (logits) and labels: the mean of −log p at the
 * label, computed without overflow for any finite logits.
 *
 * <p>Outputs are [classes] for each example, targets integers from 0 to classes − 1, or, one-hot,
 * the probabilities q of all classes, for which −log p is averaged: −Σ q log p.
 *
 * <p>Label smoothing ε replaces q by (1 − ε) q + ε / classes. A class weight multiplies the loss of
 * the examples with that label (one-hot: the average of the weights by q); the mean is still over
 * the number of examples.
 *
 * <p>Source of label smoothing: Szegedy et al., <i>Rethinking the Inception architecture</i>, 2016,
 * section 7.
 *
 * @param oneHot whether targets are probabilities of classes instead of integer labels
 * @param labelSmoothing ε, from 0 to 1
 * @param classWeights a weight for each class, each finite and at least 0; none if all are 1
 */
public record SoftmaxCrossEntropy(boolean oneHot, double labelSmoothing, List<Double> classWeights)
    implements Loss {
  private static final String NAME = "softmax_cross_entropy";

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public SoftmaxCrossEntropy {
    Checks.fraction(NAME, "label smoothing", labelSmoothing);
    classWeights = List.copyOf(classWeights);
    for (double weight : classWeights) {
      Checks.notNegative(NAME, "a class weight", weight);
    }
    if (!classWeights.isEmpty() && classWeights.stream().allMatch(weight -> weight == 0)) {
      throw new IllegalArgumentException(
          NAME + ": expected a class weight above 0, was " + classWeights);
    }
  }

  /** The loss for integer labels, without smoothing and weights. */
  public SoftmaxCrossEntropy() {
    this(false, 0, List.of());
  }

  /**
   * The same loss for targets that are the probabilities of classes.
   *
   * @return the loss
   */
  public SoftmaxCrossEntropy withOneHotTargets() {
    return new SoftmaxCrossEntropy(true, labelSmoothing, classWeights);
  }

  /**
   * The same loss with other label smoothing.
   *
   * @param epsilon the share of the target that is spread over all classes, from 0 to 1
   * @return the loss
   * @throws IllegalArgumentException if it is out of its range
   */
  public SoftmaxCrossEntropy labelSmoothing(double epsilon) {
    return new SoftmaxCrossEntropy(oneHot, epsilon, classWeights);
  }

  /**
   * The same loss with weights of classes.
   *
   * @param weights a weight for each class, finite and at least 0
   * @return the loss
   * @throws IllegalArgumentException if one is out of its range
   */
  public SoftmaxCrossEntropy classWeights(double... weights) {
    return new SoftmaxCrossEntropy(
        oneHot, labelSmoothing, DoubleStream.of(weights).boxed().toList());
  }

  @Override
  public Shape targetShape(Shape output) {
    Shape shape =
        oneHot ? Classes.distributionShape(NAME, output) : Classes.labelShape(NAME, output);
    if (!classWeights.isEmpty() && classWeights.size() != output.size()) {
      throw new IllegalArgumentException(
          NAME
              + ": expected a weight for each of "
              + output.size()
              + " classes, was "
              + classWeights.size());
    }
    return shape;
  }

  @Override
  public void requireTargets(Tensor targets, Shape output) {
    if (oneHot) {
      Classes.requireDistributions(NAME, targets, output);
    } else {
      Classes.requireLabels(NAME, targets, output);
    }
  }

  @Override
  public Optional<Layer> includes() {
    return Optional.of(new Softmax());
  }

  @Override
  public Variable ofEach(Variable outputs, Variable targets) {
    Targets.requireFit(NAME, this, outputs, targets);
    return classWeights.isEmpty()
        ? unweighted(outputs, targets)
        : weighted(outputs, targets, weight(targets, outputs.shape()));
  }

  private Variable unweighted(Variable outputs, Variable targets) {
    Variable surprise = outputs.logSoftmax(-1).negate();
    Variable loss = atTarget(surprise, targets);
    return labelSmoothing == 0
        ? loss
        : loss.multiply(1 - labelSmoothing).add(surprise.mean(-1).multiply(labelSmoothing));
  }

  /** With zeros for outputs that do not count, so that no infinite one makes a gradient of NaN. */
  private Variable weighted(Variable outputs, Variable targets, Variable weights) {
    Variable zero = outputs.tape().constant(0);
    Variable counted = weights.equal(0).expand(-1).select(zero, outputs);
    return unweighted(counted, targets).multiply(weights);
  }

  /** The element at the label, or the average by the target's probabilities. */
  private Variable atTarget(Variable x, Variable targets) {
    return oneHot ? Classes.expect(targets, x) : Classes.pick(x, targets);
  }

  private Variable weight(Variable targets, Shape shape) {
    Tensor weights = Tensor.zeros(classWeights.size());
    for (int i = 0; i < weights.size(); i++) {
      weights.array()[i] = classWeights.get(i).floatValue();
    }
    return atTarget(targets.tape().constant(weights).broadcastTo(shape), targets);
  }

  @Override
  public List<Metric> companions() {
    return List.of(new Accuracy(oneHot));
  }
}
