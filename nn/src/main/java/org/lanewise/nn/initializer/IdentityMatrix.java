package org.lanewise.nn.initializer;

import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.random.RandomStream;
import org.lanewise.nn.check.Checks;

/**
 * Gives a kernel [inputs, units] the gain on its diagonal and 0 elsewhere, so that a layer starts
 * as a multiple of the identity; of a kernel that is not square the diagonal ends early.
 *
 * <p>Source: Le, Jaitly and Hinton, <i>A simple way to initialize recurrent networks of rectified
 * linear units</i>, 2015.
 *
 * @param gain the value on the diagonal, finite as a float
 */
public record IdentityMatrix(double gain) implements Initializer {
  /**
   * Checks the gain.
   *
   * @throws IllegalArgumentException if the gain is not finite as a float
   */
  public IdentityMatrix {
    Checks.finite("identity", "a gain", gain);
  }

  /**
   * Fills a matrix.
   *
   * @throws IllegalArgumentException if the shape is not that of a matrix
   */
  @Override
  public Tensor initialize(Shape shape, RandomStream stream) {
    if (shape.rank() != 2) {
      throw new IllegalArgumentException("identity: expected the shape of a matrix, was " + shape);
    }
    Tensor weights = Tensor.zeros(shape);
    int columns = shape.dimension(1);
    for (int i = 0; i < Math.min(shape.dimension(0), columns); i++) {
      weights.array()[i * columns + i] = (float) gain;
    }
    return weights;
  }
}
