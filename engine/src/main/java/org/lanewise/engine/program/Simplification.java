package org.lanewise.engine.program;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.operation.BroadcastTo;
import org.lanewise.engine.operation.CustomOperation;
import org.lanewise.engine.operation.Elementwise;
import org.lanewise.engine.operation.FusibleOperation;
import org.lanewise.engine.operation.KernelOperation;
import org.lanewise.engine.operation.Leaf;
import org.lanewise.engine.operation.Operation;
import org.lanewise.engine.operation.Reduction;
import org.lanewise.engine.operation.ReshapeTo;
import org.lanewise.engine.operation.Transpose;

/**
 * Records the operations that results need in a new graph, in fewer nodes: without common
 * subexpressions and operations that change nothing, and with operations on constants computed. No
 * bit of a result changes.
 */
final class Simplification {
  /** The most elements that a folded constant may have. */
  private static final int FOLDED = 1 << 20;

  private record Key(Operation operation, List<Node> operands) {}

  private final Graph graph = new Graph();
  private final Map<Node, Node> images = new HashMap<>();
  private final Map<Key, Node> recorded = new HashMap<>();

  private final SharedConstants constants;

  private Simplification(SharedConstants constants) {
    this.constants = constants;
  }

  /** Simplifies nodes of a graph, with those that they depend on. */
  static Simplification of(Graph graph, List<Node> needed, SharedConstants constants) {
    Simplification simplification = new Simplification(constants);
    for (Node node : graph.dependencies(needed)) {
      List<Node> operands = node.operands().stream().map(simplification::image).toList();
      simplification.images.put(node, simplification.simplify(node.operation(), operands));
    }
    return simplification;
  }

  /** The simplified graph. */
  Graph graph() {
    return graph;
  }

  /** The node that computes the same as a node of the original graph. */
  Node image(Node original) {
    Node image = images.get(original);
    if (image == null) {
      throw new IllegalArgumentException("program: " + original + " is not needed");
    }
    return image;
  }

  private Node simplify(Operation operation, List<Node> operands) {
    return switch (operation) {
      case Elementwise elementwise -> elementwise(elementwise, operands);
      case BroadcastTo(Shape shape) when operands.get(0).shape().equals(shape) -> operands.get(0);
      case ReshapeTo(Shape shape) -> reshape(shape, operands.get(0));
      case Transpose transpose -> transpose(transpose, operands.get(0));
      case Reduction reduction when reducesNothing(reduction, operands.get(0).shape()) ->
          operands.get(0);
      case Leaf _, FusibleOperation _, KernelOperation _ -> record(operation, operands);
    };
  }

  private Node elementwise(Elementwise operation, List<Node> operands) {
    List<Node> direct = withoutBroadcasts(operation, operands);
    Node x = direct.get(0);
    Node other = direct.get(direct.size() - 1);
    boolean first =
        switch (operation) {
          case MULTIPLY, DIVIDE -> keeps(x, other, 1);
          case SUBTRACT -> keeps(x, other, 0);
          case STOP_GRADIENT -> true;
          case NOT_EQUAL -> isCondition(x) && keeps(x, other, 0);
          default -> false;
        };
    if (first) {
      return x;
    }
    return operation == Elementwise.MULTIPLY && keeps(other, x, 1)
        ? other
        : record(operation, direct);
  }

  /** Whether all elements are 0 or 1. */
  private static boolean isCondition(Node node) {
    return node.operation() instanceof Elementwise elementwise && elementwise.isComparison();
  }

  /**
   * The operands without their broadcasts, which the operation makes anyway, as long as its result
   * keeps its shape.
   */
  private static List<Node> withoutBroadcasts(Elementwise operation, List<Node> operands) {
    Shape shape = operation.resultShape(operands.stream().map(Node::shape).toList());
    List<Node> direct = new ArrayList<>(operands);
    for (int i = 0; i < direct.size(); i++) {
      Node operand = repeated(direct.get(i));
      if (operand != direct.get(i)) {
        Node broadcast = direct.set(i, operand);
        if (!operation.resultShape(direct.stream().map(Node::shape).toList()).equals(shape)) {
          direct.set(i, broadcast);
        }
      }
    }
    return direct;
  }

  /** Whether a node broadcasts its operand, or puts axes of 1 before its shape. */
  private static boolean isBroadcast(Node node) {
    return switch (node.operation()) {
      case BroadcastTo _ -> true;
      case ReshapeTo(Shape shape) -> {
        int[] source = node.operands().get(0).shape().dimensions();
        int added = shape.rank() - source.length;
        yield added > 0
            && Arrays.equals(source, Arrays.copyOfRange(shape.dimensions(), added, shape.rank()));
      }
      case Leaf _, Elementwise _, Reduction _, KernelOperation _ -> false;
    };
  }

  /** Whether the other operand is a number that changes nothing: 1 in a product, say. */
  private static boolean keeps(Node x, Node other, double neutral) {
    return other.operation() instanceof Leaf.Literal(double value)
        && Double.doubleToRawLongBits(value) == Double.doubleToRawLongBits(neutral)
        && x.shape().rank() >= other.shape().rank();
  }

  private Node reshape(Shape shape, Node x) {
    Node source = x.operation() instanceof ReshapeTo ? x.operands().get(0) : x;
    return source.shape().equals(shape) ? source : record(new ReshapeTo(shape), List.of(source));
  }

  private Node transpose(Transpose transpose, Node x) {
    return x.operation() instanceof Transpose before && before.inverse().equals(transpose)
        ? x.operands().get(0)
        : record(transpose, List.of(x));
  }

  private static boolean reducesNothing(Reduction reduction, Shape shape) {
    return reduction.axes().stream().allMatch(axis -> shape.dimension(axis) == 1);
  }

  private Node record(Operation operation, List<Node> operands) {
    if (operation instanceof CustomOperation) {
      return graph.record(operation, operands);
    }
    Key key = new Key(operation, operands);
    Node known = recorded.get(key);
    if (known == null) {
      Node node = graph.record(operation, operands);
      known = isRepeatedNumber(node) ? node : fold(withNumbersWrittenOut(node));
      recorded.put(key, known);
    }
    return known;
  }

  /** Whether a node is one number broadcast to a shape, which a fused loop reads as a number. */
  private static boolean isRepeatedNumber(Node node) {
    return isBroadcast(node) && repeated(node).operation() instanceof Leaf.Literal;
  }

  /** The node under all broadcasts of a node; the node itself if it is no broadcast. */
  private static Node repeated(Node node) {
    Node repeated = node;
    while (isBroadcast(repeated)) {
      repeated = repeated.operands().get(0);
    }
    return repeated;
  }

  /**
   * The node with broadcast numbers as constants, which all operations but those of fused loops
   * need.
   */
  private Node withNumbersWrittenOut(Node node) {
    if (node.operation() instanceof Elementwise
        || node.operands().stream().noneMatch(Simplification::isRepeatedNumber)) {
      return node;
    }
    return graph.record(
        node.operation(),
        node.operands().stream()
            .map(operand -> isRepeatedNumber(operand) ? writtenOut(operand) : operand)
            .toList());
  }

  private Node writtenOut(Node number) {
    return fold(graph.record(new BroadcastTo(number.shape()), List.of(repeated(number))));
  }

  /** The constant that an operation on constants gives; any other node as it is. */
  private Node fold(Node node) {
    boolean constant =
        !node.operands().isEmpty()
            && node.shape().size() <= FOLDED
            && node.operands().stream().allMatch(operand -> isConstant(operand.operation()));
    if (!constant) {
      return node;
    }
    Tensor value =
        constants.value(
            node.operation(),
            node.operands().stream().map(Node::operation).toList(),
            () -> Kernels.compute(node, operandsOf(node)));
    return node.shape().rank() == 0
        ? record(new Leaf.Literal(value.item()), List.of())
        : graph.record(new Leaf.Constant(value), List.of());
  }

  /** The tensors of operands that are constants. */
  private static List<Tensor> operandsOf(Node node) {
    return node.operands().stream().map(operand -> Kernels.place(operand, List.of())).toList();
  }

  private static boolean isConstant(Operation operation) {
    return operation instanceof Leaf.Literal || operation instanceof Leaf.Constant;
  }
}
