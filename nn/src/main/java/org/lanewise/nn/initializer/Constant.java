package org.lanewise.nn.initializer;

import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.random.RandomStream;
import org.lanewise.nn.check.Checks;

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
    Checks.finite("constant", "a value", value);
  }

  @Override
  public Tensor initialize(Shape shape, RandomStream stream) {
    return Tensor.full((float) value, shape);
  }
}
