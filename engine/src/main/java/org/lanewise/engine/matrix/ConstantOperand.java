package org.lanewise.engine.matrix;

import org.jspecify.annotations.Nullable;
import org.lanewise.engine.Tensor;

/**
 * A right operand that never changes, such as the weights of a trained network: packed at most
 * once, when the first product is planned that gains by it. Products and threads may share it.
 */
public final class ConstantOperand {
  private final Tensor tensor;
  private final boolean transposed;
  private @Nullable RightOperand packed;

  /**
   * A constant right operand.
   *
   * @param tensor the matrix, which must not change from now on
   * @param transposed whether the products transpose it
   * @throws IllegalArgumentException if the tensor is not a matrix
   */
  public ConstantOperand(Tensor tensor, boolean transposed) {
    if (tensor.shape().rank() != 2) {
      throw new IllegalArgumentException(
          "matmul: expected a constant right operand of rank 2, was " + tensor.shape());
    }
    this.tensor = tensor;
    this.transposed = transposed;
  }

  Tensor tensor() {
    return tensor;
  }

  synchronized RightOperand packed() {
    RightOperand operand = packed;
    if (operand == null) {
      int depth = tensor.shape().dimension(transposed ? 1 : 0);
      int columns = tensor.shape().dimension(transposed ? 0 : 1);
      MatrixView view = MatrixView.of(tensor, 0, transposed, depth, columns);
      operand = RightOperand.packed(view, depth, columns);
      packed = operand;
    }
    return operand;
  }
}
