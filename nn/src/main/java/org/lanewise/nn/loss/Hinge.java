package org.lanewise.nn.loss;

import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;

/**
 * The mean of max(0, 1 − t x) for outputs x and targets t, −1 or 1, of the same shape: 0 for what
 * is on the right side by a margin of 1; there the derivative is 0.
 *
 * <p>Source: Cortes and Vapnik, <i>Support-vector networks</i>, 1995.
 */
public record Hinge() implements Loss {
  @Override
  public Shape targetShape(Shape output) {
    return output;
  }

  @Override
  public void requireTargets(Tensor targets, Shape output) {
    Targets.requireEach("hinge", "targets of -1 or 1", targets, t -> t == 1 || t == -1);
  }

  @Override
  public Variable ofEach(Variable outputs, Variable targets) {
    Targets.requireFit("hinge", this, outputs, targets);
    Variable margin = outputs.tape().constant(1).subtract(outputs.multiply(targets));
    return Targets.meanOfEach(margin.lessEqual(0).select(outputs.tape().constant(0), margin));
  }
}
