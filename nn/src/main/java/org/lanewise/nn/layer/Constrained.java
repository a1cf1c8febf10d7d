package org.lanewise.nn.layer;

import java.util.List;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.nn.regularizer.Constraint;

/**
 * A layer one of whose parameters is constrained after each step of training.
 *
 * @param layer the layer
 * @param parameter the name of the parameter within the layer
 * @param constraint the constraint
 */
record Constrained(Layer layer, String parameter, Constraint constraint) implements Wrapper {
  @Override
  public List<Parameter> parameters(Shape input) {
    return parametersWith(parameter, input);
  }

  @Override
  public Variable record(Recording recording, Variable x) {
    recording.constrain(parameter, constraint);
    return layer.record(recording, x);
  }
}
