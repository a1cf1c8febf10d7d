package org.lanewise.nn.loss;

import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;

/** The mean of (x − t)², over outputs x and targets t of the same shape. */
public record MeanSquaredError() implements Loss {
  @Override
  public Shape targetShape(Shape output) {
    return output;
  }

  @Override
  public Variable ofEach(Variable outputs, Variable targets) {
    Targets.requireFit("mean_squared_error", this, outputs, targets);
    return Targets.meanOfEach(outputs.subtract(targets).square());
  }
}
