package org.lanewise.nn.normalization;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.nn.initializer.Initializer;
import org.lanewise.nn.layer.Parameter;

/**
 * The common parts of normalizations: the channel axis, which is the last, and its gain and offset.
 */
final class Channels {
  private Channels() {}

  /** The shape of a parameter that has one element for each channel. */
  static Shape of(String owner, Shape example) {
    if (example.rank() == 0) {
      throw new IllegalArgumentException(
          owner + ": expected examples with at least one axis, was shape " + example);
    }
    return Shape.of(example.dimension(-1));
  }

  /** All axes of a batch but that of the channels. */
  static int[] others(Variable x) {
    return IntStream.range(0, x.shape().rank() - 1).toArray();
  }

  /**
   * 1 / √(variance + ε), and NaN if the squares in the variance overflowed: examples that are too
   * large are to be seen, not to become zeros.
   */
  static Variable reciprocalDeviation(Variable variance, double epsilon) {
    Variable sum = variance.add(epsilon);
    Variable overflow = sum.equal(Double.POSITIVE_INFINITY);
    return overflow.select(sum.tape().constant(Double.NaN), sum.rsqrt());
  }

  /** γ, which starts at 1, and β, which starts at 0, of each channel. */
  static List<Parameter> parameters(Shape channels, boolean scale, boolean center) {
    List<Parameter> parameters = new ArrayList<>();
    if (scale) {
      parameters.add(Parameter.trainable("gamma", channels, Initializer.ones()));
    }
    if (center) {
      parameters.add(Parameter.trainable("beta", channels, Initializer.zeros()));
    }
    return parameters;
  }
}
