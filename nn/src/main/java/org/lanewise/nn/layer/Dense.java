package org.lanewise.nn.layer;

import java.util.ArrayList;
import java.util.List;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.nn.initializer.Initializer;

/**
 * A fully connected layer: y = x · kernel + bias, from [inputs] to [units].
 *
 * <p>Parameters: {@code kernel} [inputs, units] and, with a bias, {@code bias} [units] which starts
 * at 0.
 *
 * @param units the number of outputs, at least 1
 * @param initializer how the kernel is drawn
 * @param bias whether there is a bias
 */
public record Dense(int units, Initializer initializer, boolean bias) implements Layer {
  /**
   * Checks the number of units.
   *
   * @throws IllegalArgumentException if there are none
   */
  public Dense {
    if (units < 1) {
      throw new IllegalArgumentException("dense: expected at least one unit, was " + units);
    }
  }

  /**
   * The same layer with a kernel drawn otherwise.
   *
   * @param kernelInitializer how the kernel is drawn
   * @return the layer
   */
  public Dense initializer(Initializer kernelInitializer) {
    return new Dense(units, kernelInitializer, bias);
  }

  /**
   * The same layer without a bias, as when batch normalization follows, whose β takes its place.
   *
   * @return the layer
   */
  public Dense withoutBias() {
    return new Dense(units, initializer, false);
  }

  /**
   * The same layer with weights that are learned as lengths and directions.
   *
   * @return the layer
   */
  public WeightNorm weightNorm() {
    return new WeightNorm(this);
  }

  @Override
  public String kind() {
    return "dense";
  }

  @Override
  public Shape outputShape(Shape input) {
    if (input.rank() != 1) {
      throw new IllegalArgumentException(
          "dense: expected examples that are vectors, was shape " + input);
    }
    return Shape.of(units);
  }

  @Override
  public List<Parameter> parameters(Shape input) {
    List<Parameter> parameters = new ArrayList<>();
    parameters.add(Parameter.trainable("kernel", Shape.of(input.size(), units), initializer));
    if (bias) {
      parameters.add(Parameter.trainable("bias", Shape.of(units), Initializer.constant(0)));
    }
    return parameters;
  }

  @Override
  public Variable record(Recording recording, Variable x) {
    Variable product = x.matmul(recording.parameter("kernel"));
    return bias ? product.add(recording.parameter("bias")) : product;
  }
}
