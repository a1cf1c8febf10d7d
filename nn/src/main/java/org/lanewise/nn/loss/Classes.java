package org.lanewise.nn.loss;

import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;

/** What losses over integer labels share. */
final class Classes {
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
      float label = labels.array()[labels.offset() + i];
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
