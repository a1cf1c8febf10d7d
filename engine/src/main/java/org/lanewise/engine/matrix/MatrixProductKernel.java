package org.lanewise.engine.matrix;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.operation.MatrixProduct;
import org.lanewise.engine.vector.BroadcastPlan;

/** Matrix products of tensors: transposes become strides, leading axes a list of matrices. */
public final class MatrixProductKernel {
  private MatrixProductKernel() {}

  /** Computes y = a · b in each place of the leading axes. */
  public static void run(MatrixProduct product, Tensor a, Tensor b, Tensor y) {
    prepare(product, a, b, y, TileEpilogue.NONE).run();
  }

  /**
   * Plans y = epilogue(a · b) in each place of the leading axes.
   *
   * @param product which operands are transposed
   * @param a the left operand, read by each run
   * @param b the right operand, read by each run
   * @param y receives the product; it must not overlap the operands
   * @param epilogue is handed each element of y once it is final
   * @return the plan, to be run any number of times
   */
  public static MatrixProductPlan prepare(
      MatrixProduct product, Tensor a, Tensor b, Tensor y, TileEpilogue epilogue) {
    return prepare(product, a, b, null, y, epilogue);
  }

  /**
   * As {@link #prepare(MatrixProduct, Tensor, Tensor, Tensor, TileEpilogue)} for a right operand
   * that stays as it is.
   */
  public static MatrixProductPlan prepare(
      MatrixProduct product, Tensor a, ConstantOperand b, Tensor y, TileEpilogue epilogue) {
    return prepare(product, a, b.tensor(), b, y, epilogue);
  }

  private static MatrixProductPlan prepare(
      MatrixProduct product,
      Tensor a,
      Tensor b,
      @Nullable ConstantOperand constant,
      Tensor y,
      TileEpilogue epilogue) {
    List<ProductTask> tasks = new ArrayList<>();
    if (y.size() == 0) {
      return new MatrixProductPlan(tasks, 1);
    }
    int m = y.shape().dimension(-2);
    int n = y.shape().dimension(-1);
    int k = a.shape().dimension(product.transposeLeft() ? -2 : -1);
    BroadcastPlan batch = batch(a, b, y);
    int places = batch.places();
    int threads = MatrixProductTasks.threads((long) y.size() * k);
    for (int place = 0; place < places; place++) {
      int aStart = batch.at(0, place) * m * k;
      int bStart = batch.at(1, place) * k * n;
      MatrixView left = MatrixView.of(a, aStart, product.transposeLeft(), m, k);
      // A single column is a vector, which is read in order as it lies.
      RightOperand right =
          constant != null && n > 1 && k > 0
              ? constant.operand()
              : RightOperand.of(MatrixView.of(b, bStart, product.transposeRight(), k, n));
      MatrixView c = MatrixView.of(y, place * m * n, false, m, n);
      MatrixResult result = new MatrixResult(c, 0, 0, epilogue);
      tasks.addAll(
          MatrixProductTasks.tasks(m, n, k, left, right, result, Math.ceilDiv(threads, places)));
    }
    return new MatrixProductPlan(tasks, threads);
  }

  private static BroadcastPlan batch(Tensor a, Tensor b, Tensor y) {
    List<Shape> operands = List.of(MatrixProduct.batch(a.shape()), MatrixProduct.batch(b.shape()));
    return BroadcastPlan.of(operands, MatrixProduct.batch(y.shape()));
  }
}
