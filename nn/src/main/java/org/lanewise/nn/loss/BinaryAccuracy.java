package org.lanewise.nn.loss;

import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;

/**
 * The share of outputs (logits) on the side of their target: above 0 where it is above 1/2, and not
 * above 0 elsewhere. NaN is wrong.
 */
public record BinaryAccuracy() implements Metric {
  @Override
  public String name() {
    return "accuracy";
  }

  @Override
  public Shape targetShape(Shape output) {
    return output;
  }

  @Override
  public Variable record(Variable outputs, Variable targets) {
    Targets.requireFit(name(), this, outputs, targets);
    Variable isNumber = outputs.equal(outputs);
    return outputs.greater(0).equal(targets.greater(0.5)).multiply(isNumber).mean();
  }
}
