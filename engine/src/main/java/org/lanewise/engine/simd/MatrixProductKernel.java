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
    int rowStrideA = product.transposeLeft() ? 1 : k;
    int columnStrideA = product.transposeLeft() ? m : 1;
    int rowStrideB = product.transposeRight() ? 1 : n;
    int columnStrideB = product.transposeRight() ? k : 1;
    BroadcastPlan batch = batch(a, b, y);
    for (int place = 0; place < batch.places(); place++) {
      MatrixKernel.multiply(
          m,
          n,
          k,
          a.array(),
          a.offset() + batch.at(0, place) * m * k,
          rowStrideA,
          columnStrideA,
          b.array(),
          b.offset() + batch.at(1, place) * k * n,
          rowStrideB,
          columnStrideB,
          y.array(),
          y.offset() + place * m * n,
          n);
    }
  }

  private static BroadcastPlan batch(Tensor a, Tensor b, Tensor y) {
    List<Shape> operands = List.of(MatrixProduct.batch(a.shape()), MatrixProduct.batch(b.shape()));
    return BroadcastPlan.of(operands, MatrixProduct.batch(y.shape()));
  }
}
