package org.lanewise.nn.layer;

import java.util.List;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.nn.initializer.Initializer;
import org.lanewise.nn.initializer.Nonlinearity;
import org.lanewise.nn.initializer.VarianceScaling;

/**
 * The parametric rectified linear unit: x above 0, αx below, with an α of each unit that is
 * learned.
 *
 * <p>Parameter: {@code alpha}, of the shape of an example.
 *
 * <p>Source: He et al., <i>Delving deep into rectifiers</i>, 2015.
 *
 * @param initialAlpha where α starts, finite; 0.25 in the source
 */
public record PRelu(double initialAlpha) implements Layer, Nonlinearity {
  /**
   * Checks α.
   *
   * @throws IllegalArgumentException if α is not finite
   */
  public PRelu {
    if (!Double.isFinite(initialAlpha)) {
      throw new IllegalArgumentException("prelu: expected a finite alpha, was " + initialAlpha);
    }
  }

  @Override
  public String kind() {
    return "prelu";
  }

  @Override
  public VarianceScaling matchingInitializer() {
    return Initializer.heNormal();
  }

  @Override
  public List<Parameter> parameters(Shape input) {
    return List.of(Parameter.trainable("alpha", input, Initializer.constant(initialAlpha)));
  }

  @Override
  public Variable record(Recording recording, Variable x) {
    return Rectifier.rectify(x, x.multiply(recording.parameter("alpha")), x);
  }
}
