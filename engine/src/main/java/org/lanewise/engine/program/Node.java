package org.lanewise.engine.program;

import java.util.List;
import org.lanewise.engine.Shape;
import org.lanewise.engine.operation.Operation;

/**
 * An entry of a {@link Graph}: an operation, the nodes it takes its operands from, and the shape of
 * its result.
 */
public final class Node {
  private final Graph graph;
  private final int index;
  private final Operation operation;
  private final List<Node> operands;
  private final Shape shape;

  Node(Graph graph, int index, Operation operation, List<Node> operands, Shape shape) {
    this.graph = graph;
    this.index = index;
    this.operation = operation;
    this.operands = operands;
    this.shape = shape;
  }

  /**
   * The list this node is an entry of.
   *
   * @return the graph
   */
  public Graph graph() {
    return graph;
  }

  /**
   * The position in the graph; operands come before.
   *
   * @return the index, from 0
   */
  public int index() {
    return index;
  }

  /**
   * What is computed here.
   *
   * @return the operation
   */
  public Operation operation() {
    return operation;
  }

  /**
   * Where the operands come from.
   *
   * @return the nodes, as many as the operation's arity
   */
  public List<Node> operands() {
    return operands;
  }

  /**
   * The shape of the result.
   *
   * @return the shape
   */
  public Shape shape() {
    return shape;
  }

  /** A line such as {@code %3 = add(%1, %2) [4, 5]}. */
  @Override
  public String toString() {
    StringBuilder line =
        new StringBuilder("%").append(index).append(" = ").append(operation.label());
    for (int i = 0; i < operands.size(); i++) {
      line.append(i == 0 ? "(" : ", ").append('%').append(operands.get(i).index);
    }
    return line.append(operands.isEmpty() ? " " : ") ").append(shape).toString();
  }
}
