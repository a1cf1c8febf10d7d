package org.lanewise.engine.program;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.vector.VectorSupport;

/**
 * Computes nodes of a graph one by one when their values are asked for, and keeps them.
 *
 * <p>A computed value stays as it is, even if an input changes afterwards; a {@link Program} can
 * run again. The values of inputs and constants, and reshapes of them, are not copies but look at
 * their tensors. Not safe for use by several threads.
 */
public final class Evaluation {
  private final Graph graph;
  private final List<@Nullable Tensor> values = new ArrayList<>();

  /**
   * An evaluation in which nothing is computed yet.
   *
   * @param graph the graph whose nodes will be computed
   */
  public Evaluation(Graph graph) {
    this.graph = graph;
  }

  /**
   * The value of a node, computed with whatever it depends on unless it already was.
   *
   * @param node a node of the graph
   * @return the value, not to be written to
   * @throws IllegalArgumentException if the node is of another graph, or an operand's elements are
   *     not what its operation takes, such as a position out of range
   * @throws IllegalStateException if a system property asks for vectors that cannot be had
   */
  public Tensor value(Node node) {
    VectorSupport.check();
    graph.requireOwn("evaluation", node);
    while (values.size() < graph.nodes().size()) {
      values.add(null);
    }
    Tensor known = values.get(node.index());
    if (known != null) {
      return known;
    }
    for (Node needed :
        graph.dependencies(List.of(node), each -> values.get(each.index()) != null)) {
      values.set(needed.index(), compute(needed));
    }
    return value(node);
  }

  private Tensor compute(Node node) {
    return Kernels.compute(node, node.operands().stream().map(this::value).toList());
  }
}
