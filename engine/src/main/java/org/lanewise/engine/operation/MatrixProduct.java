package org.lanewise.engine.operation;

import java.util.Arrays;
import java.util.List;
import org.lanewise.engine.Shape;

/**
 * The matrix product of the two innermost axes: […, m, k] · [k, n] in each place of the leading
 * axes, which broadcast.
 *
 * <p>Each element is a sum in float32: over each {@link #SEGMENT} terms the chain c ← fma(a, b, c)
 * from c = 0 over ascending k, and the sums of these segments added in pairs, those of pairs in
 * pairs again, and so on. So its error is at most (min(k, SEGMENT) + log₂⌈k / SEGMENT⌉ + 1) · 2⁻²⁴
 * · Σ |a b|.
 *
 * @param transposeLeft whether the left operand is stored as […, k, m]
 * @param transposeRight whether the right operand is stored as […, n, k]
 */
public record MatrixProduct(boolean transposeLeft, boolean transposeRight)
    implements KernelOperation {
  /** The terms of a sum that are added one after the other. */
  public static final int SEGMENT = 1024;

  @Override
  public String label() {
    return "matmul";
  }

  @Override
  public int arity() {
    return 2;
  }

  @Override
  public Shape resultShape(List<Shape> operands) {
    Shape left = operands.get(0);
    Shape right = operands.get(1);
    if (left.rank() < 2 || right.rank() < 2) {
      throw new IllegalArgumentException(
          "matmul: expected operands of rank 2 or more, was " + left + " and " + right);
    }
    int rows = left.dimension(transposeLeft ? -1 : -2);
    int inner = left.dimension(transposeLeft ? -2 : -1);
    int innerRight = right.dimension(transposeRight ? -1 : -2);
    int columns = right.dimension(transposeRight ? -2 : -1);
    if (inner != innerRight) {
      throw new IllegalArgumentException(
          "matmul: "
              + describe(left, transposeLeft)
              + " · "
              + describe(right, transposeRight)
              + " do not fit: expected equal inner dimensions, was "
              + inner
              + " and "
              + innerRight);
    }
    Shape batch = batch(left).broadcast(label(), batch(right));
    int[] dimensions = Arrays.copyOf(batch.dimensions(), batch.rank() + 2);
    dimensions[batch.rank()] = rows;
    dimensions[batch.rank() + 1] = columns;
    return Shape.of(dimensions);
  }

  /**
   * The leading axes of an operand or result.
   *
   * @param shape a shape of rank 2 or more
   * @return the shape without its two innermost axes
   */
  public static Shape batch(Shape shape) {
    return Shape.of(Arrays.copyOf(shape.dimensions(), shape.rank() - 2));
  }

  private static String describe(Shape shape, boolean transposed) {
    return transposed ? "transposed " + shape : shape.toString();
  }
}
