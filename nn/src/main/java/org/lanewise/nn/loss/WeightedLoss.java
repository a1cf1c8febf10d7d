package org.lanewise.nn.loss;

import java.util.List;
import java.util.Optional;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.check.Checks;
import org.lanewise.nn.layer.Layer;

/**
 * A loss, multiplied.
 *
 * @param loss the loss
 * @param weight the factor, above 0
 */
record WeightedLoss(Loss loss, double weight) implements Loss {
  WeightedLoss {
    Checks.positive("loss", "a weight", weight);
  }

  @Override
  public String name() {
    return loss.name();
  }

  @Override
  public Shape targetShape(Shape output) {
    return loss.targetShape(output);
  }

  @Override
  public void requireTargets(Tensor targets, Shape output) {
    loss.requireTargets(targets, output);
  }

  @Override
  public Variable ofEach(Variable outputs, Variable targets) {
    return loss.ofEach(outputs, targets).multiply(weight);
  }

  @Override
  public Optional<Layer> includes() {
    return loss.includes();
  }

  @Override
  public List<Metric> companions() {
    return loss.companions();
  }
}
