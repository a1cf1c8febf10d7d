package org.lanewise.nn.network;

import java.util.List;
import org.lanewise.nn.layer.Concatenate;
import org.lanewise.nn.layer.ElementwiseMerge;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.layer.Merge;
import org.lanewise.nn.layer.Named;
import org.lanewise.nn.layer.Parallel;
import org.lanewise.nn.layer.Residual;
import org.lanewise.nn.layer.Sequence;

/**
 * Layers that are made of layers taken apart: what is within them stands beside the others, under
 * the name that its parameters have had before, as in {@code residual1/dense1}.
 */
final class Expansion {
  private Expansion() {}

  static Structure of(Structure structure) {
    List<Flow> inputs = structure.inputFlows();
    return StructureBuilder.connect(
        inputs,
        structure.follow(
            inputs,
            (node, from) ->
                node.merge() instanceof SingleInput(Layer layer)
                    ? place(node.name(), layer, from.get(0))
                    : join(node.name(), node.merge(), from)));
  }

  private static Flow place(String name, Layer layer, Flow x) {
    return switch (layer) {
      case Named(_, Layer named) -> place(name, named, x);
      case Sequence(List<Named> layers) -> {
        Flow y = x;
        for (Named each : layers) {
          y = within(name, each, y);
        }
        yield y;
      }
      case Residual(Sequence body) ->
          join(name, ElementwiseMerge.ADD, List.of(x, place(name, body, x)));
      case Parallel(List<Named> branches) ->
          join(
              name,
              new Concatenate(-1),
              branches.stream().map(branch -> within(name, branch, x)).toList());
      default -> join(name, new SingleInput(layer), List.of(x));
    };
  }

  private static Flow within(String name, Named layer, Flow x) {
    return place(name + "/" + layer.name(), layer.layer(), x);
  }

  private static Flow join(String name, Merge merge, List<Flow> from) {
    return new Flow(new Flow.Applied(name, merge, from));
  }
}
