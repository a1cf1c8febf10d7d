package org.lanewise.nn.loss;

import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;

/**
 * The mean of |x − t|, over outputs x and targets t of the same shape; the derivative at t is 0.
 */
public record MeanAbsoluteError() implements Loss {
  @Override
  public Shape targetShape(Shape output) {
    return output;
  }

  @Override
  public Variable ofEach(Variable outputs, Variable targets) {
    Targets.requireFit("mean_absolute_error", this, outputs, targets);
    return Targets.meanOfEach(outputs.subtract(targets).abs());
  }
}
