package org.lanewise.nn.loss;

import java.util.List;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;

/**
 * The cross-entropy between the softmax of outputs (logits) and integer labels: the mean of log Σ
 * e<sup>z</sup> − z at the label, computed without overflow for any finite logits.
 *
 * <p>Outputs are [classes] for each example, targets scalars from 0 to classes − 1.
 */
public record SoftmaxCrossEntropy() implements Loss {
  private static final String NAME = "softmax_cross_entropy";

  @Override
  public Shape targetShape(Shape output) {
    return Classes.labelShape(NAME, output);
  }

  @Override
  public void requireTargets(Tensor targets, Shape output) {
    Classes.requireLabels(NAME, targets, output);
  }

  @Override
  public Variable record(Variable outputs, Variable targets) {
    Targets.requireFit(NAME, this, outputs, targets);
    return outputs.logSumExp(-1).subtract(Classes.pick(outputs, targets)).mean();
  }

  @Override
  public List<Metric> companions() {
    return List.of(new Accuracy());
  }
}
