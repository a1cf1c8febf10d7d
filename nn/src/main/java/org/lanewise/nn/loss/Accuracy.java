package org.lanewise.nn.loss;

import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;

/**
 * The share of examples whose largest output is at their label. Outputs that are NaN are wrong.
 *
 * @param oneHot whether targets are probabilities of classes instead of integer labels; the largest
 *     one is at the label then
 */
public record Accuracy(boolean oneHot) implements Metric {
  /** The accuracy for integer labels. */
  public Accuracy() {
    this(false);
  }

  @Override
  public String name() {
    return "accuracy";
  }

  @Override
  public Shape targetShape(Shape output) {
    return oneHot ? Classes.distributionShape(name(), output) : Classes.labelShape(name(), output);
  }

  @Override
  public void requireTargets(Tensor targets, Shape output) {
    if (!oneHot) {
      Classes.requireLabels(name(), targets, output);
    }
  }

  @Override
  public Variable record(Variable outputs, Variable targets) {
    Targets.requireFit(name(), this, outputs, targets);
    Variable largest = outputs.max(-1);
    Variable isNumber = largest.equal(largest);
    Variable labels = oneHot ? targets.argMax(-1) : targets;
    return outputs.argMax(-1).equal(labels).multiply(isNumber).mean();
  }
}
