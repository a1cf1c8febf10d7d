package org.lanewise.engine.matrix;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.lanewise.engine.operation.MatrixProduct;

/** Operands of one matrix product, with offsets, row gaps and transposes drawn at random. */
final class MatrixCase {
  /** A way to compute A · B. */
  interface Product {
    void multiply(int m, int n, int k, MatrixView a, MatrixView b, MatrixResult c);
  }

  final int m;
  final int n;
  final int k;
  final float[] a;
  final int aOffset;
  final int aRowStride;
  final int aColumnStride;
  final float[] b;
  final int bOffset;
  final int bRowStride;
  final int bColumnStride;

  /** C before the product: no element is zero, so that one left alone can be told. */
  final float[] c;

  final int cOffset;
  final int cRowStride;

  private MatrixCase(int m, int n, int k, int transposes, Random random) {
    this.m = m;
    this.n = n;
    this.k = k;
    int aGap = random.nextInt(3);
    int bGap = random.nextInt(3);
    boolean aTransposed = (transposes & 1) != 0;
    boolean bTransposed = (transposes & 2) != 0;
    aOffset = random.nextInt(4);
    aRowStride = aTransposed ? 1 : k + aGap;
    aColumnStride = aTransposed ? m + aGap : 1;
    a = values(aOffset + (aTransposed ? k : m) * ((aTransposed ? m : k) + aGap), random);
    bOffset = random.nextInt(4);
    bRowStride = bTransposed ? 1 : n + bGap;
    bColumnStride = bTransposed ? k + bGap : 1;
    b = values(bOffset + (bTransposed ? n : k) * ((bTransposed ? k : n) + bGap), random);
    cOffset = random.nextInt(4);
    cRowStride = n + random.nextInt(3);
    c = values(cOffset + m * cRowStride + 3, random);
  }

  /**
   * A product of random operands.
   *
   * @param transposes bit 0: A is stored transposed; bit 1: B is
   */
  static MatrixCase random(int m, int n, int k, int transposes, Random random) {
    return new MatrixCase(m, n, k, transposes, random);
  }

  private static float[] values(int length, Random random) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = 0.01f + random.nextFloat() * (random.nextBoolean() ? 1f : -1f);
    }
    return values;
  }

  void multiply(Product product, TileEpilogue epilogue, float[] c) {
    product.multiply(
        m,
        n,
        k,
        new MatrixView(a, aOffset, aRowStride, aColumnStride),
        new MatrixView(b, bOffset, bRowStride, bColumnStride),
        new MatrixResult(new MatrixView(c, cOffset, cRowStride, 1), 0, 0, epilogue));
  }

  /** The product as it is computed for tensors: on as many threads as are worth it. */
  static void multiply(int m, int n, int k, MatrixView a, MatrixView b, MatrixResult c) {
    if (m > 0 && n > 0) {
      int threads = MatrixProductTasks.threads((long) m * n * k);
      List<ProductTask> tasks =
          MatrixProductTasks.tasks(m, n, k, a, RightOperand.of(b), c, threads);
      new MatrixProductPlan(tasks, threads).run();
    }
  }

  /** The product by a right operand that is packed already. */
  static void multiplyPacked(int m, int n, int k, MatrixView a, MatrixView b, MatrixResult c) {
    RightOperand packed = RightOperand.packed(b, k, n);
    new MatrixProductPlan(MatrixProductTasks.tasks(m, n, k, a, packed, c, 2), 2).run();
  }

  /** The definition of the product. */
  void multiplyPlainly(float[] c) {
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        c[cOffset + i * cRowStride + j] = sum(i, j, 0, k);
      }
    }
  }

  /** The sum of some terms: segments one after the other, and else two sums of whole segments. */
  private float sum(int i, int j, int from, int to) {
    int segments = Math.ceilDiv(to - from, MatrixProduct.SEGMENT);
    if (segments > 1) {
      int middle = from + Integer.highestOneBit(segments - 1) * MatrixProduct.SEGMENT;
      return sum(i, j, from, middle) + sum(i, j, middle, to);
    }
    float sum = 0f;
    for (int p = from; p < to; p++) {
      sum =
          Math.fma(
              a[aOffset + i * aRowStride + p * aColumnStride],
              b[bOffset + p * bRowStride + j * bColumnStride],
              sum);
    }
    return sum;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d x %d x %d, A at %d strides %d %d, B at %d strides %d %d, C at %d stride %d",
        m,
        n,
        k,
        aOffset,
        aRowStride,
        aColumnStride,
        bOffset,
        bRowStride,
        bColumnStride,
        cOffset,
        cRowStride);
  }
}
