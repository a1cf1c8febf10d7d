package org.lanewise.engine.program;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.operation.Elementwise;
import org.lanewise.engine.operation.Leaf;
import org.lanewise.engine.operation.MatrixProduct;
import org.lanewise.engine.operation.Operation;
import org.lanewise.engine.operation.Reduction;
import org.lanewise.engine.operation.ReshapeTo;
import org.lanewise.engine.reference.Reference;

/**
 * Between which floats the values of nodes must lie, whatever kernels compute them.
 *
 * <p>The reference interpreter takes each operation at the ends of what its operands may be, and
 * the result is widened by what the operation itself may err: the error bound it declares, or the
 * forward error n u / (1 − n u) Σ|x| of a sum of n terms in any order (Higham, Accuracy and
 * Stability of Numerical Algorithms, 2002, section 4.2). So the bounds hold without exception, and
 * are as tight as the conditions of the operations let them be.
 */
final class ReferenceBounds {
  private static final double UNIT_ROUNDOFF = 0x1p-24;

  private final Map<Node, Bounds> known = new HashMap<>();

  /** The bounds of a node's value, for inputs as their tensors are at the first call. */
  Bounds of(Node node) {
    for (Node needed : node.graph().dependencies(List.of(node))) {
      if (!known.containsKey(needed)) {
        known.put(needed, compute(needed, needed.operands().stream().map(known::get).toList()));
      }
    }
    return known.get(node);
  }

  private static Bounds compute(Node node, List<Bounds> operands) {
    return switch (node.operation()) {
      case Leaf leaf -> monotone(leaf, operands);
      case ReshapeTo reshape -> monotone(reshape, operands);
      case Reduction reduction -> reduction(reduction, operands);
      case MatrixProduct product -> product(product, operands);
      case Elementwise elementwise -> elementwise(elementwise, operands);
      default -> throw new IllegalArgumentException("no bounds for " + node);
    };
  }

  /** An operation without error that no larger operand makes smaller. */
  private static Bounds monotone(Operation operation, List<Bounds> operands) {
    return new Bounds(
        shape(operation, operands),
        reference(operation, operands, operands.stream().map(Bounds::low).toList()),
        reference(operation, operands, operands.stream().map(Bounds::high).toList()));
  }

  private static Bounds reduction(Reduction reduction, List<Bounds> operands) {
    Bounds y = monotone(reduction, operands);
    if (reduction.kind() != Reduction.Kind.SUM) {
      return y;
    }
    int terms = operands.get(0).shape.size() / Math.max(1, y.shape.size());
    return y.widened(sumError(terms, magnitudes(reduction, operands)));
  }

  /** With the middles and radii of both operands: |ab − mid a mid b| ≤ |a||b| − |mid a||mid b|. */
  private static Bounds product(MatrixProduct product, List<Bounds> operands) {
    List<double[]> middles =
        operands.stream().map(each -> combine(each.low, each.high, (a, b) -> (a + b) / 2)).toList();
    List<double[]> sizes =
        middles.stream().map(each -> Arrays.stream(each).map(Math::abs).toArray()).toList();
    double[] middle = reference(product, operands, middles);
    double[] largest = magnitudes(product, operands);
    double[] radius =
        combine(largest, reference(product, operands, sizes), (a, b) -> Math.max(0, a - b));
    int terms = operands.get(0).shape.dimension(product.transposeLeft() ? -2 : -1);
    // One rounding more than there are, for those of this method.
    double[] error = sumError(terms == 0 ? 0 : terms + 1, largest);
    return new Bounds(shape(product, operands), middle, middle)
        .widened(combine(radius, error, Double::sum));
  }

  /**
   * All of them are monotone in each operand or turn where an operand is 0, except that operands
   * are equal where their difference is 0.
   */
  private static Bounds elementwise(Elementwise operation, List<Bounds> operands) {
    if (operation == Elementwise.EQUAL || operation == Elementwise.NOT_EQUAL) {
      Bounds difference = range(Elementwise.SUBTRACT, operands);
      double[] zero = {0};
      return range(operation, List.of(difference, new Bounds(Shape.SCALAR, zero, zero)));
    }
    Bounds y = range(operation, operands);
    double maxUlp = operation.maxUlp();
    return maxUlp == 0.5
        ? y.rounded()
        : y.widened(Arrays.stream(y.magnitudes()).map(x -> maxUlp * Math.ulp((float) x)).toArray());
  }

  /** The least and the largest of an operation's exact results. */
  private static Bounds range(Elementwise operation, List<Bounds> operands) {
    List<List<double[]>> corners = List.of(List.of());
    for (Bounds operand : operands) {
      List<List<double[]>> longer = new ArrayList<>();
      for (List<double[]> corner : corners) {
        for (double[] extreme : operand.extremes()) {
          List<double[]> values = new ArrayList<>(corner);
          values.add(extreme);
          longer.add(values);
        }
      }
      corners = longer;
    }
    double[] low = reference(operation, operands, corners.get(0));
    double[] high = low;
    for (List<double[]> corner : corners.subList(1, corners.size())) {
      double[] y = reference(operation, operands, corner);
      low = combine(low, y, Math::min);
      high = combine(high, y, Math::max);
    }
    return new Bounds(shape(operation, operands), low, high);
  }

  private static double[] magnitudes(Operation operation, List<Bounds> operands) {
    return reference(operation, operands, operands.stream().map(Bounds::magnitudes).toList());
  }

  private static double[] sumError(int roundings, double[] magnitudes) {
    double rounded = roundings * UNIT_ROUNDOFF;
    return Arrays.stream(magnitudes).map(x -> rounded / (1 - rounded) * x).toArray();
  }

  private static Shape shape(Operation operation, List<Bounds> operands) {
    return operation.resultShape(operands.stream().map(Bounds::shape).toList());
  }

  /** An operation in double precision. */
  private static double[] reference(
      Operation operation, List<Bounds> operands, List<double[]> values) {
    Graph graph = new Graph();
    Reference reference = new Reference();
    List<Node> inputs = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      Tensor tensor = Tensor.zeros(operands.get(i).shape);
      inputs.add(graph.record(new Leaf.Input("x" + i, tensor), List.of()));
      reference.set(inputs.get(i), values.get(i));
    }
    return reference.value(graph.record(operation, inputs));
  }

  private static double[] combine(double[] a, double[] b, DoubleBinaryOperator operator) {
    double[] y = new double[a.length];
    Arrays.setAll(y, i -> operator.applyAsDouble(a[i], b[i]));
    return y;
  }

  /**
   * What the elements of a value may be: floats, both ends included.
   *
   * @param shape the shape
   * @param low the least
   * @param high the largest
   */
  record Bounds(Shape shape, double[] low, double[] high) {
    /** Whether an element may have a value; NaN never does. */
    boolean contain(int element, float value) {
      return low[element] <= value && value <= high[element];
    }

    /** The distance of the ends. */
    double width(int element) {
      return high[element] - low[element];
    }

    private double[] magnitudes() {
      return combine(low, high, (a, b) -> Math.max(Math.abs(a), Math.abs(b)));
    }

    /** The points at which an elementwise operation may take its extremes. */
    private List<double[]> extremes() {
      return Arrays.equals(low, high)
          ? List.of(low)
          : List.of(low, high, combine(low, high, (a, b) -> Math.clamp(0.0, a, b)));
    }

    private Bounds rounded() {
      DoubleBinaryOperator nearest = (end, other) -> (float) end;
      return new Bounds(shape, combine(low, low, nearest), combine(high, high, nearest));
    }

    /** The floats that are no farther from these bounds than an error. */
    private Bounds widened(double[] error) {
      return new Bounds(
          shape,
          combine(low, error, (end, by) -> ceil(end - by)),
          combine(high, error, (end, by) -> -ceil(-end - by)));
    }

    private static double ceil(double value) {
      float nearest = (float) value;
      return nearest < value ? Math.nextUp(nearest) : nearest;
    }
  }
}
