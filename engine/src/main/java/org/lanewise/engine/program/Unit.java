package org.lanewise.engine.program;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lanewise.engine.Shape;
import org.lanewise.engine.loop.Chain;
import org.lanewise.engine.loop.Chain.Reduced;
import org.lanewise.engine.loop.LoopCode.Instruction;
import org.lanewise.engine.operation.BroadcastTo;
import org.lanewise.engine.operation.Elementwise;
import org.lanewise.engine.operation.Operation;
import org.lanewise.engine.operation.Reduction;

/**
 * What one step of a program computes: a single operation, or elementwise operations over one shape
 * with reductions of their results, which one fused loop computes.
 */
final class Unit {
  /** Operations that a loop may have: what it reads and keeps has to fit the nearest cache. */
  private static final int LARGEST = 64;

  private final Graph graph;
  private final BitSet members = new BitSet();

  Unit(Node node) {
    graph = node.graph();
    members.set(node.index());
  }

  private Unit(Graph graph) {
    this.graph = graph;
  }

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
      case Operation _ -> false;
    };
  }

  /** Whether this is a loop, and not a single operation of another kind. */
  boolean isLoop() {
    return isFusible(first());
  }

  /** The shape that the unit's loop runs over. */
  Shape space() {
    Node node = first();
    return node.operation() instanceof Reduction ? node.operands().get(0).shape() : node.shape();
  }

  private Node first() {
    return graph.nodes().get(members.nextSetBit(0));
  }

  /** The node of a single operation. */
  Node single() {
    return first();
  }

  boolean contains(Node node) {
    return members.get(node.index());
  }

  /** Computes a node here too, although another unit does. */
  void add(Node node) {
    members.set(node.index());
  }

  void remove(Node node) {
    members.clear(node.index());
  }

  boolean isEmpty() {
    return members.isEmpty();
  }

  /** The nodes that are computed, in the order they were recorded. */
  List<Node> members() {
    return members.stream().mapToObj(graph.nodes()::get).toList();
  }

  int lastIndex() {
    return members.length() - 1;
  }

  int firstIndex() {
    return members.nextSetBit(0);
  }

  /** What is read: operands that are not computed here, each once. */
  List<Node> inputs() {
    List<Node> inputs = new ArrayList<>();
    BitSet seen = new BitSet();
    for (Node node : members()) {
      for (Node operand : node.operands()) {
        // A reduction ends the loop, so its result can only be read by another.
        if (!contains(operand) && !seen.get(operand.index())) {
          seen.set(operand.index());
          inputs.add(operand);
        }
      }
    }
    return inputs;
  }

  /** A unit that computes other nodes too. */
  Unit with(Collection<Node> others) {
    Unit larger = new Unit(graph);
    larger.members.or(members);
    others.forEach(larger::add);
    return larger;
  }

  /** Whether the loop can compute other nodes too without growing out of hand. */
  boolean hasRoomFor(int others) {
    return members.cardinality() + others <= LARGEST;
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
        case Operation _ -> numbers.put(node, operands.get(0));
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
