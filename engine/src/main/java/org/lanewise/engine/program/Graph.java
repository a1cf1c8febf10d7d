package org.lanewise.engine.program;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.lanewise.engine.Shape;
import org.lanewise.engine.operation.Operation;

/**
 * A list of operations with their operands, in the order they were recorded. Nothing is computed
 * here.
 *
 * <p>A graph only grows. It is not safe for use by several threads while it is recorded.
 */
public final class Graph {
  private final List<Node> nodes = new ArrayList<>();

  /** An empty graph. */
  public Graph() {}

  /**
   * Records an operation.
   *
   * @param operation the operation
   * @param operands nodes of this graph, as many as the operation's arity
   * @return the new node
   * @throws IllegalArgumentException if the number of operands, their graph or their shapes do not
   *     fit
   */
  public Node record(Operation operation, List<Node> operands) {
    if (operands.size() != operation.arity()) {
      throw new IllegalArgumentException(
          operation.label()
              + ": expected "
              + operation.arity()
              + " operands, was "
              + operands.size());
    }
    operands.forEach(operand -> requireOwn(operation.label(), operand));
    Shape shape = operation.resultShape(operands.stream().map(Node::shape).toList());
    Node node = new Node(this, nodes.size(), operation, List.copyOf(operands), shape);
    nodes.add(node);
    return node;
  }

  /**
   * All nodes so far, in the order they were recorded.
   *
   * @return a read-only view
   */
  public List<Node> nodes() {
    return Collections.unmodifiableList(nodes);
  }

  /**
   * The nodes that have to be computed for results, the results included.
   *
   * @param results nodes of this graph
   * @return the nodes in the order they were recorded, so that operands come before
   * @throws IllegalArgumentException if a result is of another graph
   */
  public List<Node> dependencies(List<Node> results) {
    return dependencies(results, node -> false);
  }

  /** As {@link #dependencies(List)}, without nodes that are known and what only they depend on. */
  List<Node> dependencies(List<Node> results, Predicate<Node> known) {
    results.forEach(result -> requireOwn("dependencies", result));
    BitSet needed = new BitSet(nodes.size());
    results.forEach(result -> needed.set(result.index()));
    List<Node> found = new ArrayList<>();
    for (int i = needed.length() - 1; i >= 0; i = needed.previousSetBit(i - 1)) {
      Node node = nodes.get(i);
      if (!known.test(node)) {
        found.add(node);
        node.operands().forEach(operand -> needed.set(operand.index()));
      }
    }
    Collections.reverse(found);
    return found;
  }

  void requireOwn(String asker, Node node) {
    if (node.graph() != this) {
      throw new IllegalArgumentException(
          asker + ": the node " + node + " was recorded on another tape");
    }
  }

  /** One line a node. */
  @Override
  public String toString() {
    return nodes.stream().map(Node::toString).collect(Collectors.joining("\n"));
  }
}
