package org.lanewise.engine.simd;

import java.util.List;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.operation.MatrixProduct;

/** Matrix products of tensors: transposes become strides, leading axes a loop. */
public final class MatrixProductKernel {
  private MatrixProductKernel() {}

  /** Computes y = a · b in each place of the leading axes. */
  public static void run(MatrixProduct product, Tensor a, Tensor b, Tensor y) {
    if (y.size() == 0) {
      return;
    }
    int m = y.shape().dimension(-2);
    int n = y.shape().dimension(-1);
    int k = a.shape().dimension(product.transposeLeft() ? -2 : -1);
    BroadcastPlan batch = batch(a, b, y);
    for (int place = 0; place < batch.places(); place++) {
      MatrixKernel.multiply(
          m,
          n,
          k,
          matrix(a, batch.at(0, place) * m * k, product.transposeLeft(), m, k),
          matrix(b, batch.at(1, place) * k * n, product.transposeRight(), k, n),
          matrix(y, place * m * n, false, m, n));
    }
  }

  /** The matrix that starts at an element of a tensor, stored as it is or transposed. */
  private static MatrixView matrix(Tensor x, int start, boolean transposed, int rows, int columns) {
    return transposed
        ? new MatrixView(x.array(), x.offset() + start, 1, rows)
        : new MatrixView(x.array(), x.offset() + start, columns, 1);
  }

  private static BroadcastPlan batch(Tensor a, Tensor b, Tensor y) {
    List<Shape> operands = List.of(MatrixProduct.batch(a.shape()), MatrixProduct.batch(b.shape()));
    return BroadcastPlan.of(operands, MatrixProduct.batch(y.shape()));
  }
}
