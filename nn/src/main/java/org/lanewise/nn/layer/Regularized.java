package org.lanewise.nn.layer;

import java.util.List;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.nn.regularizer.Regularizer;

/**
 * A layer one of whose parameters is penalized in training.
 *
 * @param layer the layer
 * @param parameter the name of the parameter within the layer
 * @param regularizer the penalty
 */
record Regularized(Layer layer, String parameter, Regularizer regularizer) implements Wrapper {
  @Override
  public List<Parameter> parameters(Shape input) {
    return parametersWith(parameter, input);
  }

  @Override
  public Variable record(Recording recording, Variable x) {
    recording.regularize(parameter, regularizer);
    return layer.record(recording, x);
  }
}
