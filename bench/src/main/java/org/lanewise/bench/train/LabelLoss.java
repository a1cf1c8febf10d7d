package org.lanewise.bench.train;

import java.util.List;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.loss.Accuracy;
import org.lanewise.nn.loss.Loss;
import org.lanewise.nn.loss.Metric;

/**
 * A loss that wants a target for each output, over labels: the target is 1 for the output of the
 * label.
 *
 * @param loss the loss
 * @param other the target for every other output
 */
record LabelLoss(Loss loss, double other) implements Loss {
  private static final Accuracy ACCURACY = new Accuracy();

  @Override
  public Shape targetShape(Shape output) {
    return ACCURACY.targetShape(output);
  }

  @Override
  public void requireTargets(Tensor targets, Shape output) {
    ACCURACY.requireTargets(targets, output);
  }

  @Override
  public List<Metric> companions() {
    return List.of(ACCURACY);
  }

  @Override
  public Variable ofEach(Variable outputs, Variable labels) {
    int classes = outputs.shape().dimension(1);
    Tensor numbers = Tensor.zeros(classes);
    for (int i = 0; i < classes; i++) {
      numbers.array()[i] = i;
    }
    Variable isLabel =
        labels.reshape(labels.shape().dimension(0), 1).equal(labels.tape().constant(numbers));
    return loss.ofEach(
        outputs, isLabel.select(labels.tape().constant(1), labels.tape().constant(other)));
  }
}
