package org.lanewise.nn.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lanewise.engine.Shape;
import org.lanewise.nn.layer.Flatten;
import org.lanewise.nn.layer.Identity;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.layer.Named;
import org.lanewise.nn.layer.Parameter;
import org.lanewise.nn.layer.Reshape;
import org.lanewise.nn.layer.Wrapper;

/**
 * How the layers of a network are connected.
 *
 * @param inputs the inputs
 * @param nodes the layers, each after those that it takes values from
 * @param outputs the values that are outputs: inputs come first, then nodes in their order
 */
record Structure(List<Flow.Input> inputs, List<LayerNode> nodes, List<Integer> outputs) {
  /** The shape of an example of a value: inputs come first, then nodes in their order. */
  Shape shape(int value) {
    return value < inputs.size()
        ? inputs.get(value).shape()
        : nodes.get(value - inputs.size()).output();
  }

  /** The name of a value: that of the input or of the layer that gives it. */
  String name(int value) {
    return value < inputs.size()
        ? inputs.get(value).name()
        : nodes.get(value - inputs.size()).name();
  }

  /** The layer that computes the elements of an output; none for an input or a merge. */
  Optional<Layer> outputLayer(int output) {
    Structure parts = Expansion.of(this);
    int value = parts.outputs.get(output);
    while (value >= parts.inputs.size()) {
      LayerNode node = parts.nodes.get(value - parts.inputs.size());
      Optional<Layer> layer =
          node.merge() instanceof SingleInput(Layer own)
              ? Optional.of(bare(own))
              : Optional.empty();
      if (layer.filter(Structure::keepsElements).isEmpty()) {
        return layer;
      }
      value = node.from().getFirst();
    }
    return Optional.empty();
  }

  private static Layer bare(Layer layer) {
    return layer instanceof Wrapper wrapper ? bare(wrapper.layer()) : layer;
  }

  private static boolean keepsElements(Layer layer) {
    return layer instanceof Identity || layer instanceof Flatten || layer instanceof Reshape;
  }

  /** The nodes without repetitions of those that share their parameters. */
  List<LayerNode> layers() {
    Map<String, LayerNode> layers = new LinkedHashMap<>();
    nodes.forEach(node -> layers.putIfAbsent(node.name(), node));
    return List.copyOf(layers.values());
  }

  List<Parameter> parameters() {
    return layers().stream().flatMap(node -> node.parameters().stream()).toList();
  }

  /** The values after each node has been given those that it takes, inputs first. */
  <V> List<V> follow(List<V> given, Follower<V> follower) {
    List<V> values = new ArrayList<>(given);
    for (LayerNode node : nodes) {
      values.add(follower.next(node, node.from().stream().map(values::get).toList()));
    }
    return outputs.stream().map(values::get).toList();
  }

  /** The output of a node over values. */
  interface Follower<V> {
    V next(LayerNode node, List<V> from);
  }

  /** The outputs of the structure over flows in the place of its inputs. */
  List<Flow> on(List<Flow> flows) {
    return follow(flows, Structure::place);
  }

  private static Flow place(LayerNode node, List<Flow> from) {
    return new Flow(new Flow.Applied(node.name(), node.merge(), from));
  }

  /** The inputs as new flows. */
  List<Flow> inputFlows() {
    return inputs.stream().map(Flow::new).toList();
  }

  /** The part that a layer's output is made of; the last place of a layer that is shared. */
  Structure upTo(String layer) {
    List<Flow> given = inputFlows();
    Map<String, Flow> flows = new HashMap<>();
    follow(
        given,
        (node, from) -> {
          Flow flow = place(node, from);
          flows.put(node.name(), flow);
          return flow;
        });
    List<Flow> outputs = List.of(flows.get(layer));
    List<Flow> reached = StructureBuilder.reached(outputs);
    return StructureBuilder.connect(given.stream().filter(reached::contains).toList(), outputs);
  }

  /** The same with another layer in the place, or places, of one. */
  Structure replace(String layer, Layer other) {
    Named named = other instanceof Named own ? own : new Named(unusedName(other.kind()), other);
    List<Flow> given = inputFlows();
    return StructureBuilder.connect(
        given,
        follow(
            given,
            (node, from) ->
                node.name().equals(layer) ? from.get(0).then(named) : place(node, from)));
  }

  private String unusedName(String kind) {
    List<String> taken = nodes.stream().map(LayerNode::name).toList();
    int number = 1;
    while (taken.contains(kind + number)) {
      number++;
    }
    return kind + number;
  }
}
