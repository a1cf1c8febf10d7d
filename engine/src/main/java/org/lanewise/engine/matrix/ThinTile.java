package org.lanewise.engine.matrix;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.FloatVector.zero;
import static org.lanewise.engine.vector.Lanes.FLOATS;

import jdk.incubator.vector.FloatVector;

/** A tile of C that is a single vector wide, for products of few columns. */
final class ThinTile {
  /** The rows of the tile. */
  static final int ROWS = 8;

  private ThinTile() {}

  /**
   * Computes a tile of C. Rows beyond {@code height} repeat the last one, so that the loop has no
   * edge.
   *
   * @param a holds element (i, p) at {@code aOffset + i · aStride + p}
   * @param b holds element (p, j) at {@code bOffset + p · bStride + j}
   * @param c receives the tile
   */
  static void multiply(
      int height,
      int depth,
      float[] a,
      int aOffset,
      int aStride,
      float[] b,
      int bOffset,
      int bStride,
      float[] c,
      int cOffset,
      int cStride) {
    int last = height - 1;
    int row1 = Math.min(1, last);
    int row2 = Math.min(2, last);
    int row3 = Math.min(3, last);
    int row4 = Math.min(4, last);
    int row5 = Math.min(5, last);
    int row6 = Math.min(6, last);
    int row7 = Math.min(7, last);
    int a1 = aOffset + row1 * aStride;
    int a2 = aOffset + row2 * aStride;
    int a3 = aOffset + row3 * aStride;
    int a4 = aOffset + row4 * aStride;
    int a5 = aOffset + row5 * aStride;
    int a6 = aOffset + row6 * aStride;
    int a7 = aOffset + row7 * aStride;
    FloatVector c0 = zero(FLOATS);
    FloatVector c1 = zero(FLOATS);
    FloatVector c2 = zero(FLOATS);
    FloatVector c3 = zero(FLOATS);
    FloatVector c4 = zero(FLOATS);
    FloatVector c5 = zero(FLOATS);
    FloatVector c6 = zero(FLOATS);
    FloatVector c7 = zero(FLOATS);
    for (int p = 0; p < depth; p++) {
      FloatVector row = fromArray(FLOATS, b, bOffset + p * bStride);
      c0 = broadcast(FLOATS, a[aOffset + p]).fma(row, c0);
      c1 = broadcast(FLOATS, a[a1 + p]).fma(row, c1);
      c2 = broadcast(FLOATS, a[a2 + p]).fma(row, c2);
      c3 = broadcast(FLOATS, a[a3 + p]).fma(row, c3);
      c4 = broadcast(FLOATS, a[a4 + p]).fma(row, c4);
      c5 = broadcast(FLOATS, a[a5 + p]).fma(row, c5);
      c6 = broadcast(FLOATS, a[a6 + p]).fma(row, c6);
      c7 = broadcast(FLOATS, a[a7 + p]).fma(row, c7);
    }
    c0.intoArray(c, cOffset);
    c1.intoArray(c, cOffset + row1 * cStride);
    c2.intoArray(c, cOffset + row2 * cStride);
    c3.intoArray(c, cOffset + row3 * cStride);
    c4.intoArray(c, cOffset + row4 * cStride);
    c5.intoArray(c, cOffset + row5 * cStride);
    c6.intoArray(c, cOffset + row6 * cStride);
    c7.intoArray(c, cOffset + row7 * cStride);
  }
}
