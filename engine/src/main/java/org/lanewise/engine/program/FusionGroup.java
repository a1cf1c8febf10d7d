package org.lanewise.engine.program;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.loop.Chain;
import org.lanewise.engine.loop.Chain.Reduced;
import org.lanewise.engine.loop.LoopCode.Instruction;
import org.lanewise.engine.operation.BroadcastTo;
import org.lanewise.engine.operation.Elementwise;
import org.lanewise.engine.operation.KernelOperation;
import org.lanewise.engine.operation.Leaf;
import org.lanewise.engine.operation.Reduction;
import org.lanewise.engine.operation.ReshapeTo;

/**
 * The operations that one step of a program computes: a single one by a kernel, or elementwise
 * operations over one shape with reductions of their results by one fused loop, or a matrix product
 * by a kernel whose epilogue is a loop.
 */
final class FusionGroup {
  /** The most operations of a loop, whose inputs and values have to fit the nearest cache. */
  private static final int LARGEST = 64;

  private final SortedSet<Node> members = new TreeSet<>(Comparator.comparingInt(Node::index));
  private @Nullable Node kernel;

  /** Above the levels of all units that this one depends on. */
  private int level;

  /** The members as a list, made when first asked for; null when members have changed since. */
  private @Nullable List<Node> list;

  /** The inputs, found when first asked for; null when members have changed since. */
  private @Nullable List<Node> inputs;

  FusionGroup(Node node) {
    members.add(node);
    kernel = isFusible(node) ? null : node;
  }

  private FusionGroup() {}

  /** Whether a fused loop can compute a node. */
  static boolean isFusible(Node node) {
    return switch (node.operation()) {
      case Elementwise _, BroadcastTo _ -> node.shape().size() > 0;
      case Reduction reduction -> {
        Shape shape = node.operands().get(0).shape();
        yield shape.size() > 0
            && new Chain(
                    shape, List.of(shape), List.of(), List.of(), List.of(new Reduced(0, reduction)))
                .fits();
      }
      case Leaf _, ReshapeTo _, KernelOperation _ -> false;
    };
  }

  /** Whether a fused loop computes all of this. */
  boolean isLoop() {
    return kernel == null;
  }

  /** The member that a kernel computes; null if a loop computes all. */
  @Nullable Node kernel() {
    return kernel;
  }

  /** The members that a loop computes, as a unit; null if there are none. */
  @Nullable FusionGroup loop() {
    if (kernel == null) {
      return this;
    }
    FusionGroup loop = new FusionGroup();
    loop.members.addAll(members);
    loop.remove(kernel);
    return loop.isEmpty() ? null : loop;
  }

  /** Makes the loop the epilogue of a matrix product whose result it reads. */
  void follow(Node product) {
    add(product);
    kernel = product;
  }

  /** The shape that the unit's loop runs over. */
  Shape space() {
    Node node = members.first();
    return node.operation() instanceof Reduction ? node.operands().get(0).shape() : node.shape();
  }

  boolean contains(Node node) {
    return members.contains(node);
  }

  /** Lets this unit compute a node too, beside the unit that does already. */
  void add(Node node) {
    members.add(node);
    list = null;
    inputs = null;
  }

  void remove(Node node) {
    members.remove(node);
    list = null;
    inputs = null;
  }

  boolean isEmpty() {
    return members.isEmpty();
  }

  /** The nodes that are computed, in the order they were recorded. */
  List<Node> members() {
    List<Node> known = list;
    if (known == null) {
      known = List.copyOf(members);
      list = known;
    }
    return known;
  }

  int size() {
    return members.size();
  }

  int lastIndex() {
    return members.last().index();
  }

  /** The inputs: operands that are not computed here, each once. */
  List<Node> inputs() {
    List<Node> known = inputs;
    if (known == null) {
      known = List.copyOf(findInputs());
      inputs = known;
    }
    return known;
  }

  private List<Node> findInputs() {
    List<Node> found = new ArrayList<>();
    Set<Node> seen = new HashSet<>();
    for (Node node : members) {
      for (Node operand : node.operands()) {
        // A reduction ends the loop, so its result can only be read by another.
        if (!contains(operand) && seen.add(operand)) {
          found.add(operand);
        }
      }
    }
    return found;
  }

  /** A unit that computes other nodes too. */
  FusionGroup with(Collection<Node> others) {
    FusionGroup larger = new FusionGroup();
    larger.members.addAll(members);
    others.forEach(larger::add);
    return larger;
  }

  int level() {
    return level;
  }

  /** Makes the level at least as high as another; false if it is already. */
  boolean raise(int least) {
    boolean higher = least > level;
    level = Math.max(level, least);
    return higher;
  }

  /** Whether the loop stays small enough with so many more nodes. */
  boolean hasRoomFor(int others) {
    return members.size() + others <= LARGEST;
  }

  /** Whether one loop can run all reductions: alone they may not fit each other. */
  boolean fits() {
    return members.stream().noneMatch(node -> node.operation() instanceof Reduction)
        || chain(List.of()).fits();
  }

  /** The loop as data; outputs are members that others need. */
  Chain chain(List<Node> outputs) {
    Map<Node, Integer> numbers = new HashMap<>();
    List<Shape> shapes = new ArrayList<>();
    for (Node input : inputs()) {
      numbers.put(input, shapes.size());
      shapes.add(input.shape());
    }
    List<Instruction> instructions = new ArrayList<>();
    List<Reduced> reductions = new ArrayList<>();
    for (Node node : members()) {
      List<Integer> operands = node.operands().stream().map(numbers::get).toList();
      switch (node.operation()) {
        case Elementwise elementwise -> {
          numbers.put(node, shapes.size() + instructions.size());
          instructions.add(new Instruction(elementwise, operands));
        }
        case Reduction reduction -> reductions.add(new Reduced(operands.get(0), reduction));
        // A broadcast is how its operand is read.
        case BroadcastTo _ -> numbers.put(node, operands.get(0));
        case Leaf _, ReshapeTo _, KernelOperation _ ->
            throw new IllegalStateException("fusion: " + node + " is not for a loop");
      }
    }
    List<Integer> stored =
        outputs.stream()
            .filter(node -> !(node.operation() instanceof Reduction))
            .map(numbers::get)
            .toList();
    return new Chain(space(), shapes, instructions, stored, reductions);
  }

  @Override
  public String toString() {
    return members().toString();
  }
}
