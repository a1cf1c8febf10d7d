package org.lanewise.nn.initializer;

import org.lanewise.engine.Shape;

/**
 * The number of inputs and outputs of a unit that a weight belongs to.
 *
 * @param in the fan-in, at least 1
 * @param out the fan-out, at least 1
 */
public record Fans(double in, double out) {
  /**
   * The fans of a weight of a given shape: [inputs, outputs] for a dense kernel, [receptive field…,
   * inputs, outputs] for a convolution's, whose receptive field multiplies both; a vector's length
   * counts as both.
   *
   * @param shape the shape of the weight
   * @return the fans, each at least 1
   */
  public static Fans of(Shape shape) {
    int rank = shape.rank();
    if (rank < 2) {
      double length = Math.max(1, shape.size());
      return new Fans(length, length);
    }
    double field = 1;
    for (int axis = 0; axis < rank - 2; axis++) {
      field *= shape.dimension(axis);
    }
    return new Fans(
        Math.max(1, field * shape.dimension(-2)), Math.max(1, field * shape.dimension(-1)));
  }
}
