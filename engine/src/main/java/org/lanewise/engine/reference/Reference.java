package org.lanewise.engine.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.operation.ArgMax;
import org.lanewise.engine.operation.BroadcastTo;
import org.lanewise.engine.operation.Concatenation;
import org.lanewise.engine.operation.CustomOperation;
import org.lanewise.engine.operation.Draw;
import org.lanewise.engine.operation.Elementwise;
import org.lanewise.engine.operation.GatherRows;
import org.lanewise.engine.operation.Leaf;
import org.lanewise.engine.operation.MatrixProduct;
import org.lanewise.engine.operation.Operation;
import org.lanewise.engine.operation.Pad;
import org.lanewise.engine.operation.Reduction;
import org.lanewise.engine.operation.ReshapeTo;
import org.lanewise.engine.operation.ScatterAddRows;
import org.lanewise.engine.operation.Slice;
import org.lanewise.engine.operation.Transpose;
import org.lanewise.engine.program.Node;

/**
 * Evaluates recorded nodes in double precision, one plain loop an operation: slow, readable, the
 * oracle of the tests.
 *
 * <p>Literals keep their double value; constants and inputs are what their tensors hold, unless
 * {@link #set} says otherwise, which is how finite differences are taken.
 */
public final class Reference {
  private final Map<Node, double[]> values = new HashMap<>();

  /** An evaluation in which nothing is computed yet. */
  public Reference() {}

  /**
   * Gives a node a value, for everything computed afterwards.
   *
   * @param node the node
   * @param value its elements in row-major order; not copied
   * @throws IllegalArgumentException if their number does not fit the node's shape
   */
  public void set(Node node, double[] value) {
    if (value.length != node.shape().size()) {
      throw new IllegalArgumentException(
          "reference: expected "
              + node.shape().size()
              + " elements for "
              + node
              + ", was "
              + value.length);
    }
    values.put(node, value);
  }

  /**
   * The value of a node.
   *
   * @param node the node
   * @return its elements in row-major order, not to be written to
   * @throws IllegalArgumentException if an operand's elements are not what its operation takes,
   *     such as a position out of range
   */
  public double[] value(Node node) {
    for (Node needed : node.graph().dependencies(List.of(node))) {
      if (!values.containsKey(needed)) {
        values.put(needed, compute(needed));
      }
    }
    return known(node);
  }

  private double[] known(Node node) {
    double[] value = values.get(node);
    if (value == null) {
      throw new IllegalStateException("no value for " + node);
    }
    return value;
  }

  private double[] compute(Node node) {
    List<double[]> operands = node.operands().stream().map(this::known).toList();
    List<Shape> shapes = node.operands().stream().map(Node::shape).toList();
    return compute(node.operation(), operands, shapes, node.shape());
  }

  private static double[] compute(
      Operation operation, List<double[]> operands, List<Shape> shapes, Shape shape) {
    return switch (operation) {
      case Leaf.Literal(double value) -> new double[] {value};
      case Leaf.Constant(Tensor tensor) -> doubles(tensor);
      case Leaf.Input(_, Tensor tensor) -> doubles(tensor);
      case Elementwise elementwise -> elementwise(elementwise, operands, shapes, shape);
      case Reduction reduction -> reduce(reduction, operands.get(0), shapes.get(0), shape);
      case ArgMax(int axis) -> argMax(axis, operands.get(0), shapes.get(0), shape);
      case ReshapeTo _ -> operands.get(0);
      case Transpose(var permutation) ->
          transpose(permutation, operands.get(0), shapes.get(0), shape);
      case BroadcastTo _ -> broadcast(operands.get(0), shapes.get(0), shape);
      case Slice(var starts, _) -> slice(starts, operands.get(0), shapes.get(0), shape);
      case Pad(var before, _) -> pad(before, operands.get(0), shapes.get(0), shape);
      case Concatenation(int axis, _) -> concatenate(axis, operands, shapes, shape);
      case MatrixProduct product -> multiply(product, operands, shapes, shape);
      case GatherRows _ -> gather(operands.get(0), shapes.get(0), operands.get(1), shape);
      case ScatterAddRows _ -> scatterAdd(operands.get(0), operands.get(1), shape);
      case Draw draw -> draw(draw, operands.get(0));
      case CustomOperation custom -> custom.evaluateReference(operands, shapes);
    };
  }

  private static double[] doubles(Tensor tensor) {
    double[] y = new double[tensor.size()];
    for (int i = 0; i < y.length; i++) {
      y[i] = tensor.storage()[tensor.offset() + i];
    }
    return y;
  }

  private static double[] elementwise(
      Elementwise operation, List<double[]> operands, List<Shape> shapes, Shape shape) {
    List<double[]> full = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      full.add(broadcast(operands.get(i), shapes.get(i), shape));
    }
    double[] x = full.get(0);
    double[] x1 = full.size() > 1 ? full.get(1) : x;
    double[] x2 = full.size() > 2 ? full.get(2) : x;
    double[] y = new double[shape.size()];
    for (int i = 0; i < y.length; i++) {
      y[i] = operation.evaluate(x[i], x1[i], x2[i]);
    }
    return y;
  }

  private static double[] broadcast(double[] x, Shape from, Shape to) {
    double[] y = new double[to.size()];
    int[] index = new int[to.rank()];
    for (int i = 0; i < y.length; i++, advance(index, to)) {
      int position = 0;
      for (int axis = 0; axis < from.rank(); axis++) {
        int dimension = from.dimension(axis);
        int aligned = index[to.rank() - from.rank() + axis];
        position = position * dimension + (dimension == 1 ? 0 : aligned);
      }
      y[i] = x[position];
    }
    return y;
  }

  private static double[] reduce(Reduction reduction, double[] x, Shape from, Shape to) {
    double[] y = new double[to.size()];
    Arrays.fill(
        y,
        switch (reduction.kind()) {
          case SUM -> 0;
          case MAX -> Double.NEGATIVE_INFINITY;
          case MIN -> Double.POSITIVE_INFINITY;
        });
    int[] index = new int[from.rank()];
    for (int i = 0; i < x.length; i++, advance(index, from)) {
      int[] target = index.clone();
      reduction.axes().forEach(axis -> target[axis] = 0);
      int at = position(target, to);
      y[at] =
          switch (reduction.kind()) {
            case SUM -> y[at] + x[i];
            case MAX -> Math.max(y[at], x[i]);
            case MIN -> Math.min(y[at], x[i]);
          };
    }
    return y;
  }

  private static double[] argMax(int axis, double[] x, Shape from, Shape to) {
    double[] y = new double[to.size()];
    int[] index = new int[to.rank()];
    for (int i = 0; i < y.length; i++, advance(index, to)) {
      int[] best = index.clone();
      int[] candidate = index.clone();
      for (int j = 1; j < from.dimension(axis); j++) {
        candidate[axis] = j;
        double largest = x[position(best, from)];
        double value = x[position(candidate, from)];
        if (!Double.isNaN(largest) && (value > largest || Double.isNaN(value))) {
          best[axis] = j;
        }
      }
      y[i] = best[axis];
    }
    return y;
  }

  private static double[] transpose(List<Integer> permutation, double[] x, Shape from, Shape to) {
    double[] y = new double[to.size()];
    int[] index = new int[to.rank()];
    int[] source = new int[to.rank()];
    for (int i = 0; i < y.length; i++, advance(index, to)) {
      for (int axis = 0; axis < index.length; axis++) {
        source[permutation.get(axis)] = index[axis];
      }
      y[i] = x[position(source, from)];
    }
    return y;
  }

  private static double[] slice(List<Integer> starts, double[] x, Shape from, Shape to) {
    double[] y = new double[to.size()];
    int[] index = new int[to.rank()];
    for (int i = 0; i < y.length; i++, advance(index, to)) {
      y[i] = x[position(shifted(index, starts), from)];
    }
    return y;
  }

  private static double[] pad(List<Integer> before, double[] x, Shape from, Shape to) {
    double[] y = new double[to.size()];
    int[] index = new int[from.rank()];
    for (int i = 0; i < x.length; i++, advance(index, from)) {
      y[position(shifted(index, before), to)] = x[i];
    }
    return y;
  }

  private static double[] concatenate(
      int axis, List<double[]> operands, List<Shape> shapes, Shape to) {
    double[] y = new double[to.size()];
    int done = 0;
    for (int k = 0; k < operands.size(); k++) {
      int[] index = new int[to.rank()];
      for (int i = 0; i < operands.get(k).length; i++, advance(index, shapes.get(k))) {
        int[] target = index.clone();
        target[axis] += done;
        y[position(target, to)] = operands.get(k)[i];
      }
      done += shapes.get(k).dimension(axis);
    }
    return y;
  }

  private static double[] multiply(
      MatrixProduct product, List<double[]> operands, List<Shape> shapes, Shape to) {
    Shape left = fullBatch(shapes.get(0), to);
    Shape right = fullBatch(shapes.get(1), to);
    double[] a = broadcast(operands.get(0), shapes.get(0), left);
    double[] b = broadcast(operands.get(1), shapes.get(1), right);
    int inner = left.dimension(product.transposeLeft() ? -2 : -1);
    int rank = to.rank();
    double[] y = new double[to.size()];
    int[] index = new int[rank];
    for (int i = 0; i < y.length; i++, advance(index, to)) {
      int[] atA = index.clone();
      int[] atB = index.clone();
      for (int k = 0; k < inner; k++) {
        atA[rank - 2] = product.transposeLeft() ? k : index[rank - 2];
        atA[rank - 1] = product.transposeLeft() ? index[rank - 2] : k;
        atB[rank - 2] = product.transposeRight() ? index[rank - 1] : k;
        atB[rank - 1] = product.transposeRight() ? k : index[rank - 1];
        y[i] += a[position(atA, left)] * b[position(atB, right)];
      }
    }
    return y;
  }

  /** The shape of a matrix operand repeated over the leading axes of the product. */
  private static Shape fullBatch(Shape operand, Shape product) {
    int[] dimensions = product.dimensions();
    int rank = dimensions.length;
    dimensions[rank - 2] = operand.dimension(-2);
    dimensions[rank - 1] = operand.dimension(-1);
    return Shape.of(dimensions);
  }

  private static double[] gather(double[] table, Shape tableShape, double[] positions, Shape to) {
    double[] y = new double[to.size()];
    int width = positions.length == 0 ? 0 : y.length / positions.length;
    for (int i = 0; i < positions.length; i++) {
      int row = row("gather_rows", positions[i], tableShape.dimension(0));
      System.arraycopy(table, row * width, y, i * width, width);
    }
    return y;
  }

  private static double[] scatterAdd(double[] updates, double[] positions, Shape to) {
    double[] y = new double[to.size()];
    int width = positions.length == 0 ? 0 : updates.length / positions.length;
    for (int i = 0; i < positions.length; i++) {
      int row = row("scatter_add_rows", positions[i], to.dimension(0));
      for (int j = 0; j < width; j++) {
        y[row * width + j] += updates[i * width + j];
      }
    }
    return y;
  }

  private static double[] draw(Draw draw, double[] counter) {
    Tensor drawn = Tensor.zeros(draw.shape());
    draw.stream()
        .child(Draw.step(counter[0], counter[1]))
        .fill(draw.distribution(), drawn.storage(), drawn.offset(), drawn.size());
    return doubles(drawn);
  }

  private static int row(String operation, double position, int rows) {
    if (position != Math.rint(position) || position < 0 || position >= rows) {
      throw new IllegalArgumentException(
          operation
              + ": position "
              + position
              + " is not a row, expected an integer from 0 to "
              + (rows - 1));
    }
    return (int) position;
  }

  private static int position(int[] index, Shape shape) {
    int position = 0;
    for (int axis = 0; axis < index.length; axis++) {
      position = position * shape.dimension(axis) + index[axis];
    }
    return position;
  }

  private static int[] shifted(int[] index, List<Integer> by) {
    int[] moved = index.clone();
    for (int axis = 0; axis < moved.length; axis++) {
      moved[axis] += by.get(axis);
    }
    return moved;
  }

  /** Moves an index to the next element in row-major order. */
  private static void advance(int[] index, Shape shape) {
    for (int axis = index.length - 1; axis >= 0; axis--) {
      if (++index[axis] < shape.dimension(axis)) {
        return;
      }
      index[axis] = 0;
    }
  }
}
