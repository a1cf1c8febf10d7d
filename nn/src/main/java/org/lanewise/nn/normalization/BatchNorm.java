package org.lanewise.nn.normalization;

import java.util.List;
import java.util.stream.Stream;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.nn.check.Checks;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.layer.Mode;
import org.lanewise.nn.layer.Parameter;
import org.lanewise.nn.layer.Recording;

/**
 * Batch normalization of each channel: y = γ (x − μ) / √(σ² + ε) + β.
 *
 * <p>The channels are the last axis of an example: the units of a dense layer, [units], or the
 * channels of an image, [height, width, channels].
 *
 * <p>In training, μ and σ² are the mean and the (biased) variance of a channel over the batch and
 * all other axes, and the running mean and variance move towards them: running ← running + (1 −
 * momentum) · (batch − running). In inference, and when the layer is frozen, the running ones are
 * used and stay. Magnitudes to 10<sup>18</sup>: the squares of larger ones overflow, which gives
 * NaN in training.
 *
 * <p>Four parameters a channel: {@code gamma} (starts at 1) and {@code beta} (0) are trainable,
 * {@code running_mean} (0) and {@code running_variance} (1) are not.
 *
 * <p>Source: Ioffe and Szegedy, <i>Batch Normalization</i>, 2015, algorithms 1 and 2.
 *
 * @param momentum how much of the running statistics stays at each step, from 0 to 1
 * @param epsilon the number added to the variance, above 0
 * @param scale whether there is a γ
 * @param center whether there is a β
 */
public record BatchNorm(double momentum, double epsilon, boolean scale, boolean center)
    implements Layer {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if the momentum is not from 0 to 1 or ε is not above 0
   */
  public BatchNorm {
    Checks.fraction("batch_norm", "a momentum", momentum);
    Checks.positive("batch_norm", "epsilon", epsilon);
  }

  /**
   * The same layer with another momentum.
   *
   * @param newMomentum how much of the running statistics stays at each step
   * @return the layer
   */
  public BatchNorm momentum(double newMomentum) {
    return new BatchNorm(newMomentum, epsilon, scale, center);
  }

  /**
   * The same layer with another ε.
   *
   * @param newEpsilon the number added to the variance
   * @return the layer
   */
  public BatchNorm epsilon(double newEpsilon) {
    return new BatchNorm(momentum, newEpsilon, scale, center);
  }

  /**
   * The same layer without γ, as before ReLU and a dense layer, which can take its place.
   *
   * @return the layer
   */
  public BatchNorm withoutScale() {
    return new BatchNorm(momentum, epsilon, false, center);
  }

  /**
   * The same layer without β.
   *
   * @return the layer
   */
  public BatchNorm withoutCenter() {
    return new BatchNorm(momentum, epsilon, scale, false);
  }

  /**
   * Batch renormalization with the options of this layer.
   *
   * @param rMax how many times the deviation of a batch may be that of the running statistics
   * @param dMax how many deviations the mean of a batch may be away from the running one
   * @return the layer
   */
  public BatchRenorm renormalized(double rMax, double dMax) {
    return new BatchRenorm(this, rMax, dMax);
  }

  @Override
  public String kind() {
    return "batch_norm";
  }

  @Override
  public Shape outputShape(Shape input) {
    Channels.of(kind(), input);
    return input;
  }

  @Override
  public List<Parameter> parameters(Shape input) {
    Shape channels = Channels.of(kind(), input);
    return Stream.concat(
            Channels.parameters(channels, scale, center).stream(),
            Stream.of(
                Parameter.statistic("running_mean", channels, 0),
                Parameter.statistic("running_variance", channels, 1)))
        .toList();
  }

  @Override
  public Variable record(Recording recording, Variable x) {
    if (usesRunningStatistics(recording)) {
      return normalize(recording, x);
    }
    BatchStatistics batch = BatchStatistics.of(kind(), x);
    follow(recording, batch);
    return affine(
        recording, batch.centered(), Channels.reciprocalDeviation(batch.variance(), epsilon));
  }

  static boolean usesRunningStatistics(Recording recording) {
    return recording.mode() == Mode.INFERENCE || recording.frozen();
  }

  /** Normalization by the running statistics. */
  Variable normalize(Recording recording, Variable x) {
    return affine(
        recording,
        x.subtract(recording.parameter("running_mean")),
        recording.parameter("running_variance").add(epsilon).rsqrt());
  }

  /** Moves the running statistics towards those of a batch. */
  void follow(Recording recording, BatchStatistics batch) {
    move(recording, "running_mean", batch.mean());
    move(recording, "running_variance", batch.variance());
  }

  private void move(Recording recording, String statistic, Variable batch) {
    recording.update(statistic, moved(recording.parameter(statistic), batch));
  }

  /**
   * A statistic after a batch. It moves by its share of the difference, so that it stays where it
   * is equal. Where the share is too small to change it, it moves by about a unit in its last
   * place: else it would stop 1 / (2 (1 − momentum)) units away.
   */
  private Variable moved(Variable running, Variable batch) {
    if (momentum == 0 || momentum == 1) {
      return momentum == 0 ? batch : running;
    }
    Variable difference = batch.subtract(running);
    Variable moved = running.add(difference.multiply(1 - momentum));
    Variable unit = running.abs().multiply(Math.ulp(1f));
    Variable least = difference.minimum(unit).maximum(unit.negate());
    return moved.equal(running).select(running.add(least), moved);
  }

  private Variable affine(Recording recording, Variable centered, Variable factor) {
    return center(recording, centered.multiply(scale(recording, factor)));
  }

  /** γ times something. Factors of a channel are multiplied before they meet the batch. */
  Variable scale(Recording recording, Variable factor) {
    return scale ? factor.multiply(recording.parameter("gamma")) : factor;
  }

  /** Something plus β. */
  Variable center(Recording recording, Variable scaled) {
    return center ? scaled.add(recording.parameter("beta")) : scaled;
  }
}
