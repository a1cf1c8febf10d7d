package org.lanewise.nn.initializer;

import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.random.Distribution;
import org.lanewise.engine.random.RandomStream;

/**
 * Draws every element on its own from one distribution, whatever the shape.
 *
 * @param distribution the distribution
 */
public record FromDistribution(Distribution distribution) implements Initializer {
  @Override
  public Tensor initialize(Shape shape, RandomStream stream) {
    Tensor weights = Tensor.zeros(shape);
    stream.fill(distribution, weights.array(), 0, weights.size());
    return weights;
  }
}
