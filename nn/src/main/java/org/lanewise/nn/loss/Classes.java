package org.lanewise.nn.loss;

import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;

/** The common parts of losses over integer labels. */
final class Classes {
  /** How far a sum of probabilities may be from 1, as another program may have rounded them. */
  private static final double ROUNDING = 1e-3;

  private Classes() {}

  /** Integer labels are scalars. */
  static Shape labelShape(String metric, Shape output) {
    distributionShape(metric, output);
    return Shape.SCALAR;
  }

  /** Probabilities of classes are as many as there are outputs. */
  static Shape distributionShape(String metric, Shape output) {
    if (output.rank() != 1 || output.size() < 2) {
      throw new IllegalArgumentException(
          metric
              + ": expected outputs that are vectors of at least 2 classes, was shape "
              + output);
    }
    return output;
  }

  static void requireLabels(String metric, Tensor labels, Shape output) {
    for (int i = 0; i < labels.size(); i++) {
      float label = labels.storage()[labels.offset() + i];
      if (!(label >= 0 && label < output.size() && label == (int) label)) {
        throw new IllegalArgumentException(
            metric
                + ": expected integer labels from 0 to "
                + (output.size() - 1)
                + ", label "
                + i
                + " was "
                + label);
      }
    }
  }

  /** Refuses rows that are not the probabilities of classes, which sum to 1. */
  static void requireDistributions(String metric, Tensor targets, Shape output) {
    Targets.requireProbabilities(metric, targets);
    for (int row = 0; row < targets.size() / output.size(); row++) {
      double sum = 0;
      for (int i = 0; i < output.size(); i++) {
        sum += targets.storage()[targets.offset() + row * output.size() + i];
      }
      if (Math.abs(sum - 1) > ROUNDING) {
        throw new IllegalArgumentException(
            metric
                + ": expected probabilities of classes that sum to 1, those of example "
                + row
                + " sum to "
                + (float) sum);
      }
    }
  }

  /** The output at each label: [batch, classes] and [batch] give [batch]. */
  static Variable pick(Variable outputs, Variable labels) {
    Tensor classes = Tensor.zeros(outputs.shape().dimension(-1));
    for (int i = 0; i < classes.size(); i++) {
      classes.array()[i] = i;
    }
    Variable chosen = labels.expand(-1).equal(outputs.tape().constant(classes));
    return chosen.select(outputs, outputs.tape().constant(0)).sum(-1);
  }

  /** Σ p x over classes; where p is 0, x may be infinite. */
  static Variable expect(Variable p, Variable x) {
    Variable zero = x.tape().constant(0);
    return p.multiply(p.equal(0).select(zero, x)).sum(-1);
  }
}
