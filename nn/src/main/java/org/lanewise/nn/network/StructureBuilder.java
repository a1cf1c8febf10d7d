package org.lanewise.nn.network;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lanewise.engine.Shape;
import org.lanewise.nn.layer.Parameter;

/** Makes a structure of flows: puts them in order, names layers and checks that they fit. */
final class StructureBuilder {
  private final Map<Flow, Integer> values = new HashMap<>();
  private final List<Shape> shapes = new ArrayList<>();
  private final List<Flow.Input> inputs = new ArrayList<>();
  private final List<LayerNode> nodes = new ArrayList<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private final Map<String, LayerNode> named = new HashMap<>();

  private StructureBuilder() {}

  static Structure connect(List<Flow> inputs, List<Flow> outputs) {
    if (outputs.isEmpty()) {
      throw new IllegalArgumentException("network: expected at least one output, was none");
    }
    StructureBuilder wiring = new StructureBuilder();
    inputs.forEach(wiring::take);
    reached(outputs).forEach(wiring::add);
    wiring.requireUse(inputs, outputs);
    return new Structure(
        List.copyOf(wiring.inputs),
        List.copyOf(wiring.nodes),
        outputs.stream().map(wiring.values::get).toList());
  }

  /** All that flows are made of, in the order in which it was written. */
  static List<Flow> reached(List<Flow> outputs) {
    Set<Flow> reached = new HashSet<>();
    Deque<Flow> open = new ArrayDeque<>(outputs);
    while (!open.isEmpty()) {
      Flow flow = open.pop();
      if (reached.add(flow) && flow.origin() instanceof Flow.Applied applied) {
        open.addAll(applied.from());
      }
    }
    return reached.stream().sorted(Comparator.comparingLong(Flow::written)).toList();
  }

  private void take(Flow flow) {
    if (!(flow.origin() instanceof Flow.Input input)) {
      throw new IllegalArgumentException(
          "network: expected inputs made by Flow.input, was what a layer makes");
    }
    if (inputs.stream().anyMatch(other -> other.name().equals(input.name()))) {
      throw new IllegalArgumentException(
          "network: two inputs have the name " + input.name() + ", expected names that differ");
    }
    inputs.add(input);
    put(flow, input.shape());
  }

  private void put(Flow flow, Shape shape) {
    values.put(flow, shapes.size());
    shapes.add(shape);
  }

  private void add(Flow flow) {
    switch (flow.origin()) {
      case Flow.Input input -> {
        if (!values.containsKey(flow)) {
          throw new IllegalArgumentException(
              "network: an output needs the input "
                  + input.name()
                  + ", expected it among the inputs");
        }
      }
      case Flow.Applied applied -> {
        LayerNode node = node(applied);
        nodes.add(node);
        put(flow, node.output());
      }
    }
  }

  private LayerNode node(Flow.Applied applied) {
    List<Integer> from = applied.from().stream().map(values::get).toList();
    List<Shape> taken = from.stream().map(shapes::get).toList();
    String kind = applied.merge().kind();
    int number = counts.merge(kind, 1, Integer::sum);
    boolean own = !applied.name().isEmpty();
    LayerNode node =
        LayerNode.of(own ? applied.name() : kind + number, applied.merge(), from, taken);
    LayerNode other = named.putIfAbsent(node.name(), node);
    if (other != null) {
      if (!own || !other.merge().equals(node.merge())) {
        throw new IllegalArgumentException(
            "network: two layers have the name "
                + node.name()
                + ", expected names that differ or the same layer");
      }
      requireSharable(other, node);
    }
    return node;
  }

  private static void requireSharable(LayerNode first, LayerNode second) {
    if (!signature(first).equals(signature(second))) {
      throw new IllegalArgumentException(
          "layer "
              + first.name()
              + ": expected inputs that need the same parameters where it is shared, was shapes "
              + first.inputs()
              + " and "
              + second.inputs());
    }
  }

  private static List<?> signature(LayerNode node) {
    return node.parameters().stream()
        .map((Parameter parameter) -> List.of(parameter.name(), parameter.shape()))
        .toList();
  }

  private void requireUse(List<Flow> givenInputs, List<Flow> outputs) {
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException("network: expected at least one layer, was none");
    }
    Set<Flow> used = new HashSet<>(reached(outputs));
    for (int i = 0; i < inputs.size(); i++) {
      if (!used.contains(givenInputs.get(i))) {
        throw new IllegalArgumentException(
            "network: the input "
                + inputs.get(i).name()
                + " leads to no output, expected inputs that do");
      }
    }
  }
}
