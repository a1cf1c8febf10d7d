package org.lanewise.nn.activation;

import org.lanewise.autodiff.Variable;
import org.lanewise.engine.random.Distribution;
import org.lanewise.nn.initializer.Initializer;
import org.lanewise.nn.initializer.Nonlinearity;
import org.lanewise.nn.initializer.VarianceScaling;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.layer.Recording;

/**
 * The randomized leaky rectified linear unit: x above 0, αx below, with an α drawn between two
 * bounds for each element in training, and their mean in inference; in (−∞, ∞), the derivative at 0
 * is α.
 *
 * <p>Source: Xu et al., <i>Empirical evaluation of rectified activations in convolutional
 * network</i>, 2015, section 2.4.
 *
 * @param low the least slope below 0, at least 0
 * @param high the largest slope below 0, above the least and at most 1
 */
public record RRelu(double low, double high) implements Layer, Nonlinearity {
  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if not 0 ≤ low &lt; high ≤ 1
   */
  public RRelu {
    if (!(low >= 0 && low < high && high <= 1)) {
      throw new IllegalArgumentException(
          "rrelu: expected 0 <= low < high <= 1, was " + low + " and " + high);
    }
  }

  @Override
  public String kind() {
    return "rrelu";
  }

  @Override
  public VarianceScaling matchingInitializer() {
    return Initializer.heNormal();
  }

  @Override
  public Variable record(Recording recording, Variable x) {
    Variable alpha =
        recording.random()
            ? recording.draw("alpha", Distribution.uniform(low, high), x.shape())
            : x.tape().constant((low + high) / 2);
    return PiecewiseFormulas.rectify(x, x.multiply(alpha));
  }
}
