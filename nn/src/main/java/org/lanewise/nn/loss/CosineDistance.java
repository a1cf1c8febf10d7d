package org.lanewise.nn.loss;

import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;

/**
 * The mean of 1 − cos(x, t), the cosine of the angle between outputs and targets that are vectors:
 * 0 where they point the same way, 2 where they are opposed, 1 where one of them is 0.
 */
public record CosineDistance() implements Loss {
  @Override
  public Shape targetShape(Shape output) {
    if (output.rank() != 1 || output.size() == 0) {
      throw new IllegalArgumentException(
          "cosine_distance: expected outputs that are vectors, was shape " + output);
    }
    return output;
  }

  @Override
  public Variable ofEach(Variable outputs, Variable targets) {
    Targets.requireFit("cosine_distance", this, outputs, targets);
    Variable dot = unit(outputs).multiply(unit(targets)).sum(-1);
    return outputs.tape().constant(1).subtract(dot);
  }

  /**
   * The vector over its norm. Its largest element is made 1 first, which changes no direction: so
   * nothing overflows, and the sum of squares is at least 1, but for a vector of zeros.
   */
  private static Variable unit(Variable x) {
    Variable largest = x.abs().max(-1).expand(-1).stopGradient();
    Variable scaled = x.divide(largest.equal(0).select(x.tape().constant(1), largest));
    Variable square = scaled.square().sum(-1).expand(-1).clip(1, Double.POSITIVE_INFINITY);
    return scaled.multiply(square.rsqrt());
  }
}
