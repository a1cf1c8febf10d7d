package org.lanewise.engine.matrix;

/**
 * The product of a matrix and a column, row by row. A sum is a chain in which every step waits for
 * the one before, so vectors would not help: several rows go side by side.
 */
final class DotProducts {
  private DotProducts() {}

  /**
   * Multiplies each row of A with x: {@code y[i] = Σ a[i][p] · x[p]}, for m of at least 1. The rows
   * of A are contiguous; y is a column.
   */
  static void multiply(int m, int k, MatrixView a, float[] x, int xOffset, MatrixView y) {
    for (int i = 0; i < m; i += 8) {
      multiplyEightRows(
          Math.min(8, m - i),
          k,
          a.array(),
          a.at(i, 0),
          a.rowStride(),
          x,
          xOffset,
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
      float factor = x[xOffset + p];
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
