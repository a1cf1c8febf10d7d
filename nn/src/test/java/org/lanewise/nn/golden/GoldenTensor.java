package org.lanewise.nn.golden;

import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;

/**
 * A tensor of a golden case.
 *
 * @param shape its shape
 * @param values its elements in double precision, row-major
 */
public record GoldenTensor(Shape shape, double[] values) {
  /** The elements as floats: exactly what was fed in, or a rounded result. */
  public Tensor tensor() {
    Tensor tensor = Tensor.zeros(shape);
    for (int i = 0; i < values.length; i++) {
      tensor.array()[i] = (float) values[i];
    }
    return tensor;
  }
}
