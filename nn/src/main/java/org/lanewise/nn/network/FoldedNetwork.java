package org.lanewise.nn.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.layer.Parameter;
import org.lanewise.nn.normalization.Folding;

/**
 * A trained network without the batch normalization that its dense layers can take over: in
 * inference the same function up to rounding, with fewer passes over the data.
 *
 * <p>Batch normalization goes where it directly follows a dense layer whose output goes nowhere
 * else; the dense layer keeps its name and gets a bias. It stays after an activation, and where one
 * of the two is used several times or lends its parameters to another layer. Layers that are made
 * of layers are taken apart: what is within {@code residual1} stands beside the others, as in
 * {@code residual1/dense1}. Beside a result y of a folded layer of n inputs the rounding is at most
 * 2<sup>−23</sup> (n + 8) times s (Σ |x| |kernel| + |bias| + |μ|) + |β|, s being γ / √(σ² + ε).
 *
 * @param network the network, with nothing frozen
 * @param parameters its parameters: copies
 */
public record FoldedNetwork(Network network, Parameters parameters) {
  /**
   * Folds a network.
   *
   * @param network the network
   * @param parameters its parameters, which stay as they are
   * @return the network without the batch normalization that can go
   */
  public static FoldedNetwork of(Network network, Parameters parameters) {
    Structure structure = Expansion.of(network.structure());
    Map<String, Folding> foldings = new HashMap<>();
    List<Flow> inputs = structure.inputFlows();
    Map<LayerNode, LayerNode> pairs = pairs(structure, network.lent(parameters));
    pairs.forEach(
        (norm, dense) ->
            foldings.put(
                dense.name(),
                Folding.of(
                    layer(dense), own(dense, parameters), layer(norm), own(norm, parameters))));
    List<Flow> outputs =
        structure.follow(
            inputs,
            (node, from) -> {
              if (pairs.containsKey(node)) {
                return from.get(0);
              }
              Folding folding = foldings.get(node.name());
              return new Flow(
                  new Flow.Applied(
                      node.name(),
                      folding == null ? node.merge() : new SingleInput(folding.layer()),
                      from));
            });
    Network folded = Network.of(inputs, outputs);
    Parameters copies = new Parameters();
    for (Parameter parameter : folded.parameters()) {
      copies.add(parameter.name(), tensor(parameter.name(), foldings, parameters));
    }
    return new FoldedNetwork(folded, copies);
  }

  /** Each normalization that can go, with the dense layer before it. */
  private static Map<LayerNode, LayerNode> pairs(Structure structure, Set<String> lent) {
    List<Integer> uses = new ArrayList<>(structure.outputs());
    structure.nodes().forEach(node -> uses.addAll(node.from()));
    List<String> names = structure.nodes().stream().map(LayerNode::name).toList();
    Map<LayerNode, LayerNode> pairs = new HashMap<>();
    for (LayerNode norm : structure.nodes()) {
      int value = norm.from().get(0);
      int before = value - structure.inputs().size();
      if (before >= 0) {
        LayerNode dense = structure.nodes().get(before);
        boolean alone =
            count(uses, value) == 1
                && count(names, dense.name()) == 1
                && count(names, norm.name()) == 1
                && lent.stream().noneMatch(name -> Frozen.covers(dense.name(), name))
                && lent.stream().noneMatch(name -> Frozen.covers(norm.name(), name));
        if (alone
            && dense.merge() instanceof SingleInput first
            && norm.merge() instanceof SingleInput second
            && Folding.folds(first.layer(), second.layer())) {
          pairs.put(norm, dense);
        }
      }
    }
    return pairs;
  }

  private static <T> long count(List<T> all, T one) {
    return all.stream().filter(one::equals).count();
  }

  private static Layer layer(LayerNode node) {
    return ((SingleInput) node.merge()).layer();
  }

  private static Function<String, Tensor> own(LayerNode node, Parameters parameters) {
    return name -> parameters.get(node.name() + "/" + name);
  }

  private static Tensor tensor(String name, Map<String, Folding> foldings, Parameters parameters) {
    int slash = name.lastIndexOf('/');
    Folding folding = foldings.get(name.substring(0, Math.max(0, slash)));
    if (folding == null) {
      return parameters.get(name).copy();
    }
    return name.endsWith("/kernel") ? folding.kernel() : folding.bias();
  }
}
