package org.lanewise.nn.network;

import java.util.List;
import org.lanewise.engine.Shape;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.layer.Merge;
import org.lanewise.nn.layer.Parameter;

/**
 * A layer in its place.
 *
 * @param name its name; nodes of one name are one layer and share its parameters
 * @param merge the layer
 * @param from the values it takes: inputs of the network come first, then nodes in their order
 * @param inputs the shapes of an example of each of them
 * @param output the shape of an example after it
 */
record LayerNode(String name, Merge merge, List<Integer> from, List<Shape> inputs, Shape output) {
  static LayerNode of(String name, Merge merge, List<Integer> from, List<Shape> inputs) {
    try {
      if (merge instanceof SingleInput(Layer layer)) {
        Nesting.require(layer);
      }
      merge.parameters(inputs);
      return new LayerNode(name, merge, from, inputs, merge.outputShape(inputs));
    } catch (IllegalArgumentException e) {
      throw misfit(name, e);
    }
  }

  /** An exception that names this layer. */
  IllegalArgumentException misfit(IllegalArgumentException e) {
    return misfit(name, e);
  }

  private static IllegalArgumentException misfit(String name, IllegalArgumentException e) {
    return new IllegalArgumentException("layer " + name + ": " + e.getMessage(), e);
  }

  List<Parameter> parameters() {
    return merge.parameters(inputs).stream().map(parameter -> parameter.in(name)).toList();
  }
}
