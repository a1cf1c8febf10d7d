package org.lanewise.engine.simd;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.FloatVector.zero;
import static org.lanewise.engine.simd.Lanes.COUNT;
import static org.lanewise.engine.simd.Lanes.FLOATS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** The product of a matrix and a vector, for either way the matrix lies in memory. */
final class VectorProduct {
  private VectorProduct() {}

  /**
   * Adds up the rows of B, each times its element of x: {@code y[j] = Σ x[p] · b[p][j]}, for n and
   * k of at least 1. The rows of B and the row y are contiguous.
   */
  static void sumRows(
      int n, int k, float[] x, int xOffset, int xStride, MatrixView b, MatrixView y) {
    if (n < COUNT) {
      sumNarrowRows(
          n, k, x, xOffset, xStride, b.array(), b.offset(), b.rowStride(), y.array(), y.offset());
      return;
    }
    int last = n - COUNT;
    for (int j = 0; j < n; j += 4 * COUNT) {
      // Vectors beyond the end move back to it: some elements are computed twice, to the same bits.
      sumFourVectors(
          k,
          x,
          xOffset,
          xStride,
          b.array(),
          b.offset(),
          b.rowStride(),
          y.array(),
          y.offset(),
          Math.min(j, last),
          Math.min(j + COUNT, last),
          Math.min(j + 2 * COUNT, last),
          Math.min(j + 3 * COUNT, last));
    }
  }

  private static void sumFourVectors(
      int k,
      float[] x,
      int xOffset,
      int xStride,
      float[] b,
      int bOffset,
      int bRowStride,
      float[] y,
      int yOffset,
      int j0,
      int j1,
      int j2,
      int j3) {
    FloatVector y0 = zero(FLOATS);
    FloatVector y1 = zero(FLOATS);
    FloatVector y2 = zero(FLOATS);
    FloatVector y3 = zero(FLOATS);
    for (int p = 0; p < k; p++) {
      FloatVector factor = broadcast(FLOATS, x[xOffset + p * xStride]);
      int row = bOffset + p * bRowStride;
      y0 = factor.fma(fromArray(FLOATS, b, row + j0), y0);
      y1 = factor.fma(fromArray(FLOATS, b, row + j1), y1);
      y2 = factor.fma(fromArray(FLOATS, b, row + j2), y2);
      y3 = factor.fma(fromArray(FLOATS, b, row + j3), y3);
    }
    y0.intoArray(y, yOffset + j0);
    y1.intoArray(y, yOffset + j1);
    y2.intoArray(y, yOffset + j2);
    y3.intoArray(y, yOffset + j3);
  }

  private static void sumNarrowRows(
      int n,
      int k,
      float[] x,
      int xOffset,
      int xStride,
      float[] b,
      int bOffset,
      int bRowStride,
      float[] y,
      int yOffset) {
    VectorMask<Float> filled = FLOATS.indexInRange(0, n);
    FloatVector sum = zero(FLOATS);
    for (int p = 0; p < k; p++) {
      FloatVector factor = broadcast(FLOATS, x[xOffset + p * xStride]);
      sum = factor.fma(fromArray(FLOATS, b, bOffset + p * bRowStride, filled), sum);
    }
    sum.intoArray(y, yOffset, filled);
  }

  /**
   * Multiplies each row of A with x: {@code y[i] = Σ a[i][p] · x[p]}, for m of at least 1. The rows
   * of A are contiguous; y is a column.
   *
   * <p>Each sum is a chain in which every step waits for the one before, so that several rows go
   * side by side.
   */
  static void multiplyRows(
      int m, int k, MatrixView a, float[] x, int xOffset, int xStride, MatrixView y) {
    for (int i = 0; i < m; i += 8) {
      multiplyEightRows(
          Math.min(8, m - i),
          k,
          a.array(),
          a.at(i, 0),
          a.rowStride(),
          x,
          xOffset,
          xStride,
          y.array(),
          y.at(i, 0),
          y.rowStride());
    }
  }

  /** Rows beyond {@code height} repeat the last one, so that the loop has no edge. */
  private static void multiplyEightRows(
      int height,
      int k,
      float[] a,
      int aOffset,
      int aRowStride,
      float[] x,
      int xOffset,
      int xStride,
      float[] y,
      int yOffset,
      int yStride) {
    int last = height - 1;
    int row1 = Math.min(1, last);
    int row2 = Math.min(2, last);
    int row3 = Math.min(3, last);
    int row4 = Math.min(4, last);
    int row5 = Math.min(5, last);
    int row6 = Math.min(6, last);
    int row7 = Math.min(7, last);
    int a1 = aOffset + row1 * aRowStride;
    int a2 = aOffset + row2 * aRowStride;
    int a3 = aOffset + row3 * aRowStride;
    int a4 = aOffset + row4 * aRowStride;
    int a5 = aOffset + row5 * aRowStride;
    int a6 = aOffset + row6 * aRowStride;
    int a7 = aOffset + row7 * aRowStride;
    float y0 = 0f;
    float y1 = 0f;
    float y2 = 0f;
    float y3 = 0f;
    float y4 = 0f;
    float y5 = 0f;
    float y6 = 0f;
    float y7 = 0f;
    for (int p = 0; p < k; p++) {
      float factor = x[xOffset + p * xStride];
      y0 = Math.fma(a[aOffset + p], factor, y0);
      y1 = Math.fma(a[a1 + p], factor, y1);
      y2 = Math.fma(a[a2 + p], factor, y2);
      y3 = Math.fma(a[a3 + p], factor, y3);
      y4 = Math.fma(a[a4 + p], factor, y4);
      y5 = Math.fma(a[a5 + p], factor, y5);
      y6 = Math.fma(a[a6 + p], factor, y6);
      y7 = Math.fma(a[a7 + p], factor, y7);
    }
    y[yOffset] = y0;
    y[yOffset + row1 * yStride] = y1;
    y[yOffset + row2 * yStride] = y2;
    y[yOffset + row3 * yStride] = y3;
    y[yOffset + row4 * yStride] = y4;
    y[yOffset + row5 * yStride] = y5;
    y[yOffset + row6 * yStride] = y6;
    y[yOffset + row7 * yStride] = y7;
  }
}
