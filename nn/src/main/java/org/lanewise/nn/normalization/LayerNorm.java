package org.lanewise.nn.normalization;

import java.util.List;
import org.lanewise.autodiff.Variable;
import org.lanewise.autodiff.Variable.Moments;
import org.lanewise.engine.Shape;
import org.lanewise.nn.check.Checks;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.layer.Parameter;
import org.lanewise.nn.layer.Recording;

/**
 * Layer normalization: y = γ (x − μ) / √(σ² + ε) + β, where μ and σ² are the mean and the (biased)
 * variance over the channels, which are the last axis, of one example. It is the same in training
 * and inference, and examples do not depend on each other. Magnitudes to 10<sup>18</sup>: the
 * squares of larger ones overflow, which gives NaN.
 *
 * <p>Parameters: {@code gamma} (starts at 1) and {@code beta} (0), one a channel.
 *
 * <p>Source: Ba, Kiros and Hinton, <i>Layer normalization</i>, 2016.
 *
 * @param epsilon the number added to the variance, above 0
 * @param scale whether there is a γ
 * @param center whether there is a β
 */
public record LayerNorm(double epsilon, boolean scale, boolean center) implements Layer {
  /**
   * Checks ε.
   *
   * @throws IllegalArgumentException if ε is not above 0
   */
  public LayerNorm {
    Checks.positive("layer_norm", "epsilon", epsilon);
  }

  /**
   * The same layer with another ε.
   *
   * @param newEpsilon the number added to the variance
   * @return the layer
   */
  public LayerNorm epsilon(double newEpsilon) {
    return new LayerNorm(newEpsilon, scale, center);
  }

  /**
   * The same layer without γ.
   *
   * @return the layer
   */
  public LayerNorm withoutScale() {
    return new LayerNorm(epsilon, false, center);
  }

  /**
   * The same layer without β.
   *
   * @return the layer
   */
  public LayerNorm withoutCenter() {
    return new LayerNorm(epsilon, scale, false);
  }

  @Override
  public String kind() {
    return "layer_norm";
  }

  @Override
  public Shape outputShape(Shape input) {
    if (Channels.of(kind(), input).size() < 2) {
      throw new IllegalArgumentException(
          "layer_norm: expected examples of at least 2 channels, was shape " + input);
    }
    return input;
  }

  @Override
  public List<Parameter> parameters(Shape input) {
    return Channels.parameters(Channels.of(kind(), input), scale, center);
  }

  @Override
  public Variable record(Recording recording, Variable x) {
    Moments moments = x.moments(-1);
    Variable variance = moments.variance().expand(-1);
    Variable y = moments.centered().multiply(Channels.reciprocalDeviation(variance, epsilon));
    Variable scaled = scale ? y.multiply(recording.parameter("gamma")) : y;
    return center ? scaled.add(recording.parameter("beta")) : scaled;
  }
}
