package org.lanewise.engine.program;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.loop.FusedLoop;
import org.lanewise.engine.loop.LoopEpilogue;
import org.lanewise.engine.matrix.MatrixProductKernel;
import org.lanewise.engine.matrix.MatrixProductPlan;
import org.lanewise.engine.matrix.TileEpilogue;
import org.lanewise.engine.operation.Leaf;
import org.lanewise.engine.operation.MatrixProduct;
import org.lanewise.engine.operation.Reduction;
import org.lanewise.engine.program.Arena.Lifetime;
import org.lanewise.engine.vector.Tiers;

/**
 * How a program computes its results: simplified, fused, ordered, every value given a place.
 *
 * <p>The passes, in their order: {@link Simplification}, {@link Fusion}, {@link Recomputation},
 * {@link Epilogues}, {@link GroupOrder}, {@link InPlace}, {@link Arena}.
 */
final class Plan {
  /**
   * A step.
   *
   * @param unit the operations that are computed
   * @param stored the nodes whose values are in memory afterwards
   * @param tiers what decides on which tiers its loops and products run
   * @param work the computation
   */
  record Step(FusionGroup unit, List<Node> stored, List<Tiers> tiers, Runnable work) {}

  private final SharedConstants constants;
  private final Simplification simplification;
  private final Fusion fusion;
  private final Recomputation recomputation;
  private final Map<Node, Tensor> tensors = new HashMap<>();
  private final List<Step> steps = new ArrayList<>();
  private final Map<Node, Tensor> inPlace;
  private final Arena arena;

  /**
   * Plans.
   *
   * @param graph the graph of all nodes
   * @param results nodes whose values are kept until the next run
   * @param assignments the inputs that change at the end of a run
   * @param constants the values made of constants, which programs share
   */
  Plan(Graph graph, List<Node> results, List<Assignment> assignments, SharedConstants constants) {
    this.constants = constants;
    List<Node> needed = new ArrayList<>(results);
    assignments.forEach(assignment -> needed.add(assignment.value()));
    simplification = Simplification.of(graph, needed, constants);
    Set<Node> kept = images(results);
    Map<Node, Tensor> assigned = new LinkedHashMap<>();
    Set<Node> assignedTwice = new HashSet<>();
    for (Assignment assignment : assignments) {
      Node value = simplification.image(assignment.value());
      if (assigned.put(value, assignment.target()) != null) {
        assignedTwice.add(value);
      }
    }
    Set<Node> wanted = new LinkedHashSet<>(kept);
    wanted.addAll(assigned.keySet());
    List<Node> nodes = simplification.graph().dependencies(List.copyOf(wanted));
    fusion = Fusion.of(nodes);
    recomputation = Recomputation.in(fusion, nodes, wanted);
    Epilogues.in(fusion, nodes, assigned.keySet());
    List<FusionGroup> order =
        GroupOrder.of(fusion, unit -> unit.members().stream().anyMatch(assigned::containsKey));
    assigned.keySet().removeAll(assignedTwice);
    Set<Node> apart = new HashSet<>();
    kept.forEach(node -> apart.add(Fusion.source(node)));
    inPlace = InPlace.of(order, fusion, assigned, apart, wanted);
    tensors.putAll(inPlace);
    arena = new Arena(lifetimes(order, apart, wanted));
    tensors.putAll(arena.tensors());
    for (FusionGroup unit : order) {
      steps.add(step(unit));
    }
  }

  private Set<Node> images(List<Node> originals) {
    Set<Node> images = new LinkedHashSet<>();
    originals.forEach(original -> images.add(simplification.image(original)));
    return images;
  }

  /** The values that the arena holds, each with its first and its last step. */
  private List<Lifetime> lifetimes(List<FusionGroup> order, Set<Node> apart, Set<Node> wanted) {
    Map<Node, Integer> written = new LinkedHashMap<>();
    Map<Node, Integer> read = new HashMap<>();
    for (int i = 0; i < order.size(); i++) {
      for (Node node : recomputation.stored(order.get(i))) {
        written.put(node, i);
      }
      for (Node input : order.get(i).inputs()) {
        read.put(Fusion.source(input), i);
      }
    }
    for (Node node : wanted) {
      read.put(Fusion.source(node), order.size());
    }
    List<Lifetime> lifetimes = new ArrayList<>();
    int outside = 0;
    for (Map.Entry<Node, Integer> each : written.entrySet()) {
      Node node = each.getKey();
      if (apart.contains(node)) {
        tensors.put(node, Arena.outside(node.shape(), outside++));
      } else if (!inPlace.containsKey(node)) {
        int from = each.getValue();
        lifetimes.add(new Lifetime(node, from, read.getOrDefault(node, from)));
      }
    }
    return lifetimes;
  }

  private Step step(FusionGroup unit) {
    List<Node> stored = recomputation.stored(unit);
    Node kernel = unit.kernel();
    FusionGroup loop = unit.loop();
    if (kernel == null) {
      FusedLoop fused = new FusedLoop(unit.chain(stored), places(unit, stored));
      return new Step(unit, stored, List.of(fused.tiers()), fused::run);
    }
    if (loop == null) {
      return step(unit, stored, kernel, null);
    }
    List<Node> outputs = stored.stream().filter(loop::contains).toList();
    // A product that only the loop reads lies where the loop leaves its first output.
    tensors.putIfAbsent(kernel, tensor(outputs.get(0)));
    LoopEpilogue epilogue =
        new LoopEpilogue(loop.chain(outputs), places(loop, outputs), loop.inputs().indexOf(kernel));
    return step(unit, stored, kernel, epilogue);
  }

  /** The tensors of a loop's inputs, outputs and reductions. */
  private List<Tensor> places(FusionGroup loop, List<Node> outputs) {
    List<Tensor> places = new ArrayList<>();
    loop.inputs().forEach(input -> places.add(tensor(input)));
    for (Node node : outputs) {
      if (!(node.operation() instanceof Reduction)) {
        places.add(tensor(node));
      }
    }
    for (Node node : loop.members()) {
      if (node.operation() instanceof Reduction) {
        places.add(tensor(node));
      }
    }
    return places;
  }

  /** A step by the kernel of a node; only a matrix product has an epilogue. */
  private Step step(
      FusionGroup unit, List<Node> stored, Node node, @Nullable LoopEpilogue epilogue) {
    List<Tensor> operands = node.operands().stream().map(this::tensor).toList();
    Tensor y = tensor(node);
    if (!(node.operation() instanceof MatrixProduct product)) {
      return new Step(unit, stored, List.of(), Kernels.prepare(node.operation(), operands, y));
    }
    Tensor a = operands.get(0);
    Tensor b = operands.get(1);
    TileEpilogue last = epilogue == null ? TileEpilogue.NONE : epilogue;
    boolean constant = node.operands().get(1).operation() instanceof Leaf.Constant;
    MatrixProductPlan plan =
        constant && b.shape().rank() == 2
            ? MatrixProductKernel.prepare(
                product, a, constants.right(b, product.transposeRight()), y, last)
            : MatrixProductKernel.prepare(product, a, b, y, last);
    List<Tiers> tiers = new ArrayList<>(plan.tiers());
    if (epilogue != null) {
      tiers.add(epilogue.tiers());
    }
    return new Step(unit, stored, tiers, plan::run);
  }

  /** The tensor of a simplified node's value. */
  private Tensor tensor(Node node) {
    Tensor tensor = tensors.get(node);
    if (tensor == null) {
      if (!Fusion.isView(node)) {
        throw new IllegalStateException("program: " + node + " has no place");
      }
      tensor = Kernels.place(node, node.operands().stream().map(this::tensor).toList());
      tensors.put(node, tensor);
    }
    return tensor;
  }

  /** The tensor that holds a result or an assigned value of the original graph after the steps. */
  Tensor value(Node original) {
    return tensor(simplification.image(original));
  }

  /** Whether a node of the original graph was simplified to an input. */
  boolean isInput(Node original) {
    return Program.isInput(simplification.image(original));
  }

  /** Whether a value of the original graph is written straight to the input it is assigned to. */
  boolean isInPlace(Assignment assignment) {
    return inPlace.containsKey(simplification.image(assignment.value()));
  }

  /** The steps in their order. */
  List<Step> steps() {
    return steps;
  }

  /** The number of values that share that memory. */
  int buffered() {
    return arena.tensors().size();
  }

  /** The number of elements of all intermediate values' memory. */
  int arenaSize() {
    return arena.size();
  }
}
