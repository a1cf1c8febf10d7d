package org.lanewise.nn.layer;

import java.util.List;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;

/**
 * A layer with a name of its own.
 *
 * @param name the name: not empty, without a slash
 * @param layer the layer
 */
public record Named(String name, Layer layer) implements Layer {
  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException if the name is empty or has a slash
   */
  public Named {
    if (name.isEmpty() || name.contains("/")) {
      throw new IllegalArgumentException(
          "layer: expected a name that is not empty and has no slash, was \"" + name + "\"");
    }
  }

  @Override
  public String kind() {
    return layer.kind();
  }

  @Override
  public Shape outputShape(Shape input) {
    return layer.outputShape(input);
  }

  @Override
  public List<Parameter> parameters(Shape input) {
    return layer.parameters(input);
  }

  @Override
  public Variable record(Recording recording, Variable x) {
    return layer.record(recording, x);
  }

  @Override
  public Layer named(String newName) {
    return new Named(newName, layer);
  }
}
