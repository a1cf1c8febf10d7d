package org.lanewise.nn.layer;

import java.util.ArrayList;
import java.util.List;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;

/**
 * Layers one after the other, as one layer. Their names count within it: the parameters of the
 * first dense layer of {@code sequence1} are {@code sequence1/dense1/kernel} and so on.
 *
 * @param layers the layers, the first is applied first; at least one
 */
public record Sequence(List<Named> layers) implements Layer {
  /**
   * Checks that there are layers and that their names differ.
   *
   * @throws IllegalArgumentException if there are none or two have one name
   */
  public Sequence {
    layers = Named.requireOwnNames("sequence", layers);
  }

  /**
   * A sequence of layers, named by their kinds unless they have names.
   *
   * @param layers the layers, the first is applied first; at least one
   * @return the sequence
   * @throws IllegalArgumentException if there are none or two have one name
   */
  public static Sequence of(Layer... layers) {
    return new Sequence(Named.number(layers));
  }

  @Override
  public String kind() {
    return "sequence";
  }

  @Override
  public Shape outputShape(Shape input) {
    Shape shape = input;
    for (Named layer : layers) {
      shape = layer.within(shape, layer::outputShape);
    }
    return shape;
  }

  @Override
  public List<Parameter> parameters(Shape input) {
    List<Parameter> parameters = new ArrayList<>();
    Shape shape = input;
    for (Named layer : layers) {
      layer.within(shape, layer::parameters).forEach(own -> parameters.add(own.in(layer.name())));
      shape = layer.within(shape, layer::outputShape);
    }
    return parameters;
  }

  @Override
  public Variable record(Recording recording, Variable x) {
    Variable y = x;
    for (Named layer : layers) {
      y = layer.within(y, input -> layer.record(recording.in(layer.name()), input));
    }
    return y;
  }
}
