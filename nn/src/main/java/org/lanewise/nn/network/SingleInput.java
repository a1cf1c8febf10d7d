package org.lanewise.nn.network;

import java.util.List;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.layer.Merge;
import org.lanewise.nn.layer.Parameter;
import org.lanewise.nn.layer.Recording;

/** A layer of one input, where layers of several are expected; without its name. */
record SingleInput(Layer layer) implements Merge {
  @Override
  public String kind() {
    return layer.kind();
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return layer.outputShape(inputs.get(0));
  }

  @Override
  public List<Parameter> parameters(List<Shape> inputs) {
    return layer.parameters(inputs.get(0));
  }

  @Override
  public Variable record(Recording recording, List<Variable> inputs) {
    return layer.record(recording, inputs.get(0));
  }
}
