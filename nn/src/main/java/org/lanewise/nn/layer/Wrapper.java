package org.lanewise.nn.layer;

import java.util.List;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;

/** A layer with something added to it. */
public interface Wrapper extends Layer {
  /**
   * The layer without the addition.
   *
   * @return the layer
   */
  Layer layer();

  @Override
  default String kind() {
    return layer().kind();
  }

  @Override
  default Shape outputShape(Shape input) {
    return layer().outputShape(input);
  }

  @Override
  default List<Parameter> parameters(Shape input) {
    return layer().parameters(input);
  }

  /**
   * The parameters; one of the given name that is trained has to be among them.
   *
   * @param name the name of a parameter within the layer
   * @param input the shape of an example before the layer
   * @return the parameters of the layer
   * @throws IllegalArgumentException if there is no trainable parameter of the name
   */
  default List<Parameter> parametersWith(String name, Shape input) {
    List<Parameter> parameters = layer().parameters(input);
    List<String> trainable =
        parameters.stream().filter(Parameter::trainable).map(Parameter::name).toList();
    if (!trainable.contains(name)) {
      throw new IllegalArgumentException(
          kind() + ": expected one of its trainable parameters " + trainable + ", was " + name);
    }
    return parameters;
  }

  @Override
  default Variable record(Recording recording, Variable x) {
    return layer().record(recording, x);
  }
}
