package org.lanewise.engine.matrix;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.FloatVector.zero;
import static org.lanewise.engine.matrix.RegisterTile.COLUMNS;
import static org.lanewise.engine.vector.Lanes.COUNT;
import static org.lanewise.engine.vector.Lanes.FLOATS;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** The product of a matrix and a vector, for either way the matrix lies in memory. */
final class VectorProduct {
  /**
   * The largest B, in elements, that stays in the first-level cache while its columns are summed
   * one by one.
   */
  static final int NEAR = 8 * 1024;

  private VectorProduct() {}

  /**
   * Adds up the rows of B, each times its element of x: {@code y[j] = Σ x[p] · b[p][j]}, for n and
   * k of at least 1. The rows of B and the row y are contiguous.
   */
  static void sumRows(int n, int k, float[] x, int xOffset, MatrixView b, MatrixView y) {
    if (n == 1) {
      y.array()[y.offset()] = dot(k, x, xOffset, b.array(), b.offset(), b.rowStride());
      return;
    }
    if (n < COUNT) {
      sumNarrowRows(n, k, x, xOffset, b.array(), b.offset(), b.rowStride(), y.array(), y.offset());
      return;
    }
    int last = n - COUNT;
    int from = (long) n * k > NEAR ? addRows(n, k, x, xOffset, b, y) : 0;
    for (int j = from; j < n; j += 4 * COUNT) {
      // Vectors beyond the end move back to it: some elements are computed twice, to the same bits.
      sumFourVectors(
          k,
          x,
          xOffset,
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

  /**
   * Sums the columns that fill vectors, some rows at a time, so that B is read in the order in
   * which it lies. Returns their number.
   */
  private static int addRows(int n, int k, float[] x, int xOffset, MatrixView b, MatrixView y) {
    int whole = n - n % COUNT;
    Arrays.fill(y.array(), y.offset(), y.offset() + whole, 0f);
    int first = k % 8;
    for (int p = 0; p < first; p++) {
      addRow(whole, x[xOffset + p], b.array(), b.at(p, 0), y.array(), y.offset());
    }
    for (int p = first; p < k; p += 8) {
      addEightRows(
          whole, x, xOffset + p, b.array(), b.at(p, 0), b.rowStride(), y.array(), y.offset());
    }
    return whole;
  }

  private static void addRow(int n, float x, float[] b, int bOffset, float[] y, int yOffset) {
    FloatVector factor = broadcast(FLOATS, x);
    for (int j = 0; j < n; j += COUNT) {
      FloatVector sum = fromArray(FLOATS, y, yOffset + j);
      factor.fma(fromArray(FLOATS, b, bOffset + j), sum).intoArray(y, yOffset + j);
    }
  }

  private static void addEightRows(
      int n,
      float[] x,
      int xOffset,
      float[] b,
      int bOffset,
      int bRowStride,
      float[] y,
      int yOffset) {
    int b1 = bOffset + bRowStride;
    int b2 = b1 + bRowStride;
    int b3 = b2 + bRowStride;
    int b4 = b3 + bRowStride;
    int b5 = b4 + bRowStride;
    int b6 = b5 + bRowStride;
    int b7 = b6 + bRowStride;
    FloatVector x0 = broadcast(FLOATS, x[xOffset]);
    FloatVector x1 = broadcast(FLOATS, x[xOffset + 1]);
    FloatVector x2 = broadcast(FLOATS, x[xOffset + 2]);
    FloatVector x3 = broadcast(FLOATS, x[xOffset + 3]);
    FloatVector x4 = broadcast(FLOATS, x[xOffset + 4]);
    FloatVector x5 = broadcast(FLOATS, x[xOffset + 5]);
    FloatVector x6 = broadcast(FLOATS, x[xOffset + 6]);
    FloatVector x7 = broadcast(FLOATS, x[xOffset + 7]);
    for (int j = 0; j < n; j += COUNT) {
      FloatVector sum = fromArray(FLOATS, y, yOffset + j);
      sum = x0.fma(fromArray(FLOATS, b, bOffset + j), sum);
      sum = x1.fma(fromArray(FLOATS, b, b1 + j), sum);
      sum = x2.fma(fromArray(FLOATS, b, b2 + j), sum);
      sum = x3.fma(fromArray(FLOATS, b, b3 + j), sum);
      sum = x4.fma(fromArray(FLOATS, b, b4 + j), sum);
      sum = x5.fma(fromArray(FLOATS, b, b5 + j), sum);
      sum = x6.fma(fromArray(FLOATS, b, b6 + j), sum);
      sum = x7.fma(fromArray(FLOATS, b, b7 + j), sum);
      sum.intoArray(y, yOffset + j);
    }
  }

  private static void sumFourVectors(
      int k,
      float[] x,
      int xOffset,
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
      FloatVector factor = broadcast(FLOATS, x[xOffset + p]);
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
      float[] b,
      int bOffset,
      int bRowStride,
      float[] y,
      int yOffset) {
    VectorMask<Float> filled = FLOATS.indexInRange(0, n);
    // Whole vectors take in the start of the next row, as long as there is one.
    int room = b.length - bOffset - COUNT;
    int whole = Math.clamp(Math.floorDiv(room, bRowStride) + 1, 0, k);
    FloatVector sum = zero(FLOATS);
    for (int p = 0; p < whole; p++) {
      FloatVector factor = broadcast(FLOATS, x[xOffset + p]);
      sum = factor.fma(fromArray(FLOATS, b, bOffset + p * bRowStride), sum);
    }
    for (int p = whole; p < k; p++) {
      FloatVector factor = broadcast(FLOATS, x[xOffset + p]);
      sum = factor.fma(fromArray(FLOATS, b, bOffset + p * bRowStride, filled), sum);
    }
    sum.intoArray(y, yOffset, filled);
  }

  private static float dot(int k, float[] x, int xOffset, float[] b, int bOffset, int bStride) {
    float sum = 0;
    for (int p = 0; p < k; p++) {
      sum = Math.fma(x[xOffset + p], b[bOffset + p * bStride], sum);
    }
    return sum;
  }

  /**
   * As {@link #sumRows} for rows that are packed into panels of {@link RegisterTile#COLUMNS}
   * columns: four of them side by side, each read in order.
   *
   * @param panel where the first panel starts
   * @param panelLength how far panels are apart
   */
  static void sumPanels(
      int n,
      int k,
      float[] x,
      int xOffset,
      float[] panels,
      int panel,
      int panelLength,
      MatrixView y) {
    for (int j = 0; j < n; j += 4 * COLUMNS) {
      int columns = Math.min(4 * COLUMNS, n - j);
      boolean whole = columns == 2 * COLUMNS || columns == 4 * COLUMNS;
      float[] sums = whole ? y.array() : PanelScratch.current().tile(4 * COLUMNS);
      int at = whole ? y.at(0, j) : 0;
      // Panels that are not there are the last one that is.
      int first = panel + j / COLUMNS * panelLength;
      int last = first + (columns - 1) / COLUMNS * panelLength;
      if (columns <= 2 * COLUMNS) {
        sumTwoPanels(k, x, xOffset, panels, first, last, sums, at);
      } else {
        sumFourPanels(
            k,
            x,
            xOffset,
            panels,
            first,
            first + panelLength,
            first + 2 * panelLength,
            last,
            sums,
            at);
      }
      if (!whole) {
        System.arraycopy(sums, 0, y.array(), y.at(0, j), columns);
      }
    }
  }

  private static void sumTwoPanels(
      int k, float[] x, int xOffset, float[] b, int panel0, int panel1, float[] y, int yOffset) {
    FloatVector l0 = zero(FLOATS);
    FloatVector r0 = zero(FLOATS);
    FloatVector l1 = zero(FLOATS);
    FloatVector r1 = zero(FLOATS);
    for (int p = 0; p < k; p++) {
      FloatVector factor = broadcast(FLOATS, x[xOffset + p]);
      int row = p * COLUMNS;
      l0 = factor.fma(fromArray(FLOATS, b, panel0 + row), l0);
      r0 = factor.fma(fromArray(FLOATS, b, panel0 + COUNT + row), r0);
      l1 = factor.fma(fromArray(FLOATS, b, panel1 + row), l1);
      r1 = factor.fma(fromArray(FLOATS, b, panel1 + COUNT + row), r1);
    }
    l0.intoArray(y, yOffset);
    r0.intoArray(y, yOffset + COUNT);
    l1.intoArray(y, yOffset + COLUMNS);
    r1.intoArray(y, yOffset + COLUMNS + COUNT);
  }

  private static void sumFourPanels(
      int k,
      float[] x,
      int xOffset,
      float[] b,
      int panel0,
      int panel1,
      int panel2,
      int panel3,
      float[] y,
      int yOffset) {
    FloatVector l0 = zero(FLOATS);
    FloatVector r0 = zero(FLOATS);
    FloatVector l1 = zero(FLOATS);
    FloatVector r1 = zero(FLOATS);
    FloatVector l2 = zero(FLOATS);
    FloatVector r2 = zero(FLOATS);
    FloatVector l3 = zero(FLOATS);
    FloatVector r3 = zero(FLOATS);
    for (int p = 0; p < k; p++) {
      FloatVector factor = broadcast(FLOATS, x[xOffset + p]);
      int row = p * COLUMNS;
      l0 = factor.fma(fromArray(FLOATS, b, panel0 + row), l0);
      r0 = factor.fma(fromArray(FLOATS, b, panel0 + COUNT + row), r0);
      l1 = factor.fma(fromArray(FLOATS, b, panel1 + row), l1);
      r1 = factor.fma(fromArray(FLOATS, b, panel1 + COUNT + row), r1);
      l2 = factor.fma(fromArray(FLOATS, b, panel2 + row), l2);
      r2 = factor.fma(fromArray(FLOATS, b, panel2 + COUNT + row), r2);
      l3 = factor.fma(fromArray(FLOATS, b, panel3 + row), l3);
      r3 = factor.fma(fromArray(FLOATS, b, panel3 + COUNT + row), r3);
    }
    l0.intoArray(y, yOffset);
    r0.intoArray(y, yOffset + COUNT);
    l1.intoArray(y, yOffset + COLUMNS);
    r1.intoArray(y, yOffset + COLUMNS + COUNT);
    l2.intoArray(y, yOffset + 2 * COLUMNS);
    r2.intoArray(y, yOffset + 2 * COLUMNS + COUNT);
    l3.intoArray(y, yOffset + 3 * COLUMNS);
    r3.intoArray(y, yOffset + 3 * COLUMNS + COUNT);
  }
}
