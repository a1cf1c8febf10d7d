package org.lanewise.engine.matrix;

import org.lanewise.engine.Tensor;

/**
 * A right operand that never changes, such as the weights of a trained network: packed at most
 * once, when a product first gains by it. Products and threads may share it.
 */
public final class ConstantOperand {
  private final Tensor tensor;
  private final RightOperand operand;

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
    int depth = tensor.shape().dimension(transposed ? 1 : 0);
    int columns = tensor.shape().dimension(transposed ? 0 : 1);
    MatrixView view = MatrixView.of(tensor, 0, transposed, depth, columns);
    operand = RightOperand.packed(view, depth, columns);
  }

  Tensor tensor() {
    return tensor;
  }

  RightOperand operand() {
    return operand;
  }
}
