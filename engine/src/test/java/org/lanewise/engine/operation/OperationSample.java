package org.lanewise.engine.operation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.program.Graph;
import org.lanewise.engine.program.Node;

/**
 * An operation with operands to try it on.
 *
 * @param operation the operation
 * @param operands what its operands are like, as many as it takes
 * @param roundings the most roundings that a term of a sum goes through, one after the other; 0
 *     where nothing is summed up
 */
public record OperationSample(Operation operation, List<Operand> operands, int roundings) {
  /**
   * What an operand is like.
   *
   * @param shape its shape
   * @param rows 0 for any elements; else they are positions of so many rows
   */
  public record Operand(Shape shape, int rows) {
    @Override
    public String toString() {
      return rows == 0 ? shape.toString() : shape + " positions of " + rows;
    }
  }

  static OperationSample of(Operation operation, Shape... shapes) {
    return of(operation, 0, shapes);
  }

  static OperationSample of(Operation operation, int roundings, Shape... shapes) {
    List<Operand> operands = Arrays.stream(shapes).map(shape -> new Operand(shape, 0)).toList();
    return new OperationSample(operation, operands, roundings);
  }

  /** The number of elements of all operands. */
  public int size() {
    return operands.stream().mapToInt(operand -> operand.shape.size()).sum();
  }

  /**
   * Random operands: positions, or normal deviates that an elementwise operation is defined for,
   * half of them on a grid so that there are equal ones. They start somewhere within their arrays,
   * among NaN that no kernel may read.
   */
  public List<Tensor> draw(Random random) {
    List<Tensor> drawn = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      Operand operand = operands.get(i);
      Interval domain =
          operation instanceof Elementwise elementwise ? elementwise.domain(i) : Interval.REAL;
      int n = operand.shape.size();
      int offset = 1 + random.nextInt(20);
      float[] x = new float[offset + n + random.nextInt(20)];
      Arrays.fill(x, Float.NaN);
      for (int j = offset; j < offset + n; j++) {
        x[j] = operand.rows > 0 ? random.nextInt(operand.rows) : inside(domain, random);
      }
      drawn.add(Tensor.view(x, offset, operand.shape));
    }
    return drawn;
  }

  private static float inside(Interval domain, Random random) {
    while (true) {
      double deviate = 2 * random.nextGaussian();
      float value = (float) (random.nextBoolean() ? deviate : Math.rint(4 * deviate) / 4);
      if (domain.contains(value)) {
        return value;
      }
    }
  }

  /** Records the operation on inputs that look at the given tensors. */
  public Node record(Graph graph, List<Tensor> tensors) {
    List<Node> inputs = new ArrayList<>();
    for (Tensor tensor : tensors) {
      inputs.add(graph.record(new Leaf.Input("x" + inputs.size(), tensor), List.of()));
    }
    return graph.record(operation, inputs);
  }

  @Override
  public String toString() {
    return operation + " of " + operands;
  }
}
