package org.lanewise.nn.layer;

import java.util.List;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.nn.initializer.Initializer;

/**
 * A dense layer tied to another one of the network, whose kernel it uses transposed: y = x ·
 * kernelᵀ + bias. The decoder of an autoencoder is tied to its encoder in this way.
 *
 * <p>Parameter: {@code bias} [units], which starts at 0. The kernel is the other layer's.
 *
 * @param layer the name of the other layer, which has a {@code kernel} [units, inputs of this one]
 * @param units the number of outputs: as many as the other layer has inputs
 */
public record TiedDense(String layer, int units) implements Layer {
  /**
   * Checks the number of units.
   *
   * @throws IllegalArgumentException if there are none
   */
  public TiedDense {
    if (units < 1) {
      throw new IllegalArgumentException("tied_dense: expected at least one unit, was " + units);
    }
  }

  @Override
  public String kind() {
    return "tied_dense";
  }

  @Override
  public Shape outputShape(Shape input) {
    if (input.rank() != 1) {
      throw new IllegalArgumentException(
          "tied_dense: expected examples that are vectors, was shape " + input);
    }
    return Shape.of(units);
  }

  @Override
  public List<Parameter> parameters(Shape input) {
    return List.of(Parameter.trainable("bias", Shape.of(units), Initializer.constant(0)));
  }

  @Override
  public Variable record(Recording recording, Variable x) {
    Variable kernel = recording.parameterOf(layer, "kernel");
    Shape expected = Shape.of(units, x.shape().dimension(1));
    if (!kernel.shape().equals(expected)) {
      throw new IllegalArgumentException(
          "tied_dense: expected a kernel of shape "
              + expected
              + " in "
              + layer
              + ", was "
              + kernel.shape());
    }
    return x.matmul(kernel, false, true).add(recording.parameter("bias"));
  }
}
