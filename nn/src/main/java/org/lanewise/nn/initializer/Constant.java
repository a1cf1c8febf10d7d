package org.lanewise.nn.initializer;

import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.random.RandomStream;

/**
 * Gives every element the same value.
 *
 * @param value the value, rounded to float; finite as one
 */
public record Constant(double value) implements Initializer {
  /**
   * Checks the value.
   *
   * @throws IllegalArgumentException if the value is not finite as a float
   */
  public Constant {
    if (!Float.isFinite((float) value)) {
      throw new IllegalArgumentException(
          "constant: expected a value that is finite as a float, was " + value);
    }
  }

  @Override
  public Tensor initialize(Shape shape, RandomStream stream) {
    return Tensor.full((float) value, shape);
  }
}
