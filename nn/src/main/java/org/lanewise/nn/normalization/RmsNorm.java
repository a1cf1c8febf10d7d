package org.lanewise.nn.normalization;

import java.util.List;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.nn.check.Checks;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.layer.Parameter;
import org.lanewise.nn.layer.Recording;

/**
 * Root mean square normalization: y = γ x / √(mean(x²) + ε), where the mean is over the channels,
 * which are the last axis, of one example: layer normalization that leaves the mean where it is.
 * Magnitudes to 10<sup>18</sup>: the squares of larger ones overflow, which gives NaN.
 *
 * <p>Parameter: {@code gamma} (starts at 1), one a channel.
 *
 * <p>Source: Zhang and Sennrich, <i>Root mean square layer normalization</i>, 2019, equation 4,
 * which has no ε.
 *
 * @param epsilon the number added to the mean square, above 0
 */
public record RmsNorm(double epsilon) implements Layer {
  /**
   * Checks ε.
   *
   * @throws IllegalArgumentException if ε is not above 0
   */
  public RmsNorm {
    Checks.positive("rms_norm", "epsilon", epsilon);
  }

  /**
   * The same layer with another ε.
   *
   * @param newEpsilon the number added to the mean square
   * @return the layer
   */
  public RmsNorm epsilon(double newEpsilon) {
    return new RmsNorm(newEpsilon);
  }

  @Override
  public String kind() {
    return "rms_norm";
  }

  @Override
  public Shape outputShape(Shape input) {
    Channels.of(kind(), input);
    return input;
  }

  @Override
  public List<Parameter> parameters(Shape input) {
    return Channels.parameters(Channels.of(kind(), input), true, false);
  }

  @Override
  public Variable record(Recording recording, Variable x) {
    Variable square = x.square().mean(-1).expand(-1);
    return x.multiply(Channels.reciprocalDeviation(square, epsilon))
        .multiply(recording.parameter("gamma"));
  }
}
