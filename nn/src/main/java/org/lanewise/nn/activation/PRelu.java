package org.lanewise.nn.activation;

import java.util.List;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.nn.check.Checks;
import org.lanewise.nn.initializer.Initializer;
import org.lanewise.nn.initializer.Nonlinearity;
import org.lanewise.nn.initializer.VarianceScaling;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.layer.Parameter;
import org.lanewise.nn.layer.Recording;

/**
 * The parametric rectified linear unit: x above 0, αx below, with an α that is learned: one for
 * each unit, or one for all; in (−∞, ∞), the derivative at 0 is α.
 *
 * <p>Parameter: {@code alpha}, of the shape of an example, or a scalar.
 *
 * <p>Source: He et al., <i>Delving deep into rectifiers</i>, 2015.
 *
 * @param initialAlpha where α starts, finite; 0.25 in the source
 * @param shared whether one α serves all units
 */
public record PRelu(double initialAlpha, boolean shared) implements Layer, Nonlinearity {
  /**
   * Checks α.
   *
   * @throws IllegalArgumentException if α is not finite
   */
  public PRelu {
    Checks.finite("prelu", "an alpha", initialAlpha);
  }

  /**
   * The layer with an α for each unit.
   *
   * @param initialAlpha where α starts, finite
   * @throws IllegalArgumentException if α is not finite
   */
  public PRelu(double initialAlpha) {
    this(initialAlpha, false);
  }

  /**
   * The same layer with one α for all units.
   *
   * @return the layer
   */
  public PRelu withSharedAlpha() {
    return new PRelu(initialAlpha, true);
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
    Shape shape = shared ? Shape.SCALAR : input;
    return List.of(Parameter.trainable("alpha", shape, Initializer.constant(initialAlpha)));
  }

  @Override
  public Variable record(Recording recording, Variable x) {
    // Not x itself, for the sake of α, whose gradient at +∞ would be 0 · ∞.
    Variable below = PiecewiseFormulas.belowZero(x).multiply(recording.parameter("alpha"));
    return PiecewiseFormulas.rectify(x, below);
  }
}
