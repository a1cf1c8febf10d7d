package org.lanewise.nn.loss;

import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;

/** The mean of squared differences between outputs and targets of the same shape. */
public record MeanSquaredError() implements Loss {
  @Override
  public Shape targetShape(Shape output) {
    return output;
  }

  @Override
  public Variable record(Variable outputs, Variable targets) {
    Targets.requireFit("mean_squared_error", this, outputs, targets);
    return outputs.subtract(targets).square().mean();
  }
}
