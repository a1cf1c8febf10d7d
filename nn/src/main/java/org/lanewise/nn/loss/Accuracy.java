package org.lanewise.nn.loss;

import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;

/** The share of examples whose largest output is at their label. */
public record Accuracy() implements Metric {
  @Override
  public String name() {
    return "accuracy";
  }

  @Override
  public Shape targetShape(Shape output) {
    return Classes.labelShape(name(), output);
  }

  @Override
  public void requireTargets(Tensor targets, Shape output) {
    Classes.requireLabels(name(), targets, output);
  }

  @Override
  public Variable record(Variable outputs, Variable targets) {
    Targets.requireFit(name(), this, outputs, targets);
    return outputs.argMax(-1).equal(targets).mean();
  }
}
