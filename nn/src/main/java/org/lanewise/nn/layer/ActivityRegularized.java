package org.lanewise.nn.layer;

import org.lanewise.autodiff.Variable;
import org.lanewise.nn.regularizer.Regularizer;

/**
 * A layer whose outputs are penalized in training: by the mean over the batch of the penalty of an
 * example.
 *
 * @param layer the layer
 * @param regularizer the penalty, a sum over elements
 */
record ActivityRegularized(Layer layer, Regularizer regularizer) implements Wrapper {
  @Override
  public Variable record(Recording recording, Variable x) {
    Variable y = layer.record(recording, x);
    recording.penalize(regularizer.penalty(y).divide(y.shape().dimension(0)));
    return y;
  }
}
