package org.lanewise.engine.simd;

import static java.lang.invoke.VarHandle.loadLoadFence;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.FloatVector.zero;
import static org.lanewise.engine.simd.Lanes.COUNT;
import static org.lanewise.engine.simd.Lanes.FLOATS;

import jdk.incubator.vector.FloatVector;

/**
 * The innermost kernel of the matrix product: one tile of C, two vectors wide, held in registers
 * while rows or columns of A and a panel of B pass by.
 *
 * <p>Vectors stay in registers only as named locals, so each height of the tile is written out. 12
 * sums, 2 vectors of B and 2 elements of A fill 16 registers; 24 sums fit 32 the same way. Any
 * number of rows from 20 on is made of fives and sixes, so that no tile is partly empty.
 *
 * <p>The JIT orders the loads of a step as it likes, and may spill sums to load ahead, which halves
 * the speed. It does not where the rows of A have addresses of their own; where they share one, a
 * fence, which is no instruction, keeps the loads of a row behind those of the row before.
 */
final class RegisterTile {
  /** The columns of a tile, and of a packed panel of B. */
  static final int COLUMNS = 2 * COUNT;

  /** How far the packed columns of A are apart: whole vectors, to be copied fast. */
  static final int COLUMN_STRIDE = Math.max(8, COUNT);

  /** The rows of the highest tile that takes columns of A, and of all that take rows but one. */
  static final int MOST_ROWS = 6;

  /** The rows of the tile below: it also serves for fewer, which the one above does not. */
  static final int FEWER_ROWS = 5;

  private static final int TWICE_MOST_ROWS = 2 * MOST_ROWS;

  private RegisterTile() {}

  /**
   * The height of the next tile where {@code rows} are left.
   *
   * @param most the rows of the highest tile: 6 or 12
   */
  static int height(int most, int rows) {
    if (rows <= MOST_ROWS) {
      return rows;
    }
    return most == TWICE_MOST_ROWS && rows >= TWICE_MOST_ROWS
        ? TWICE_MOST_ROWS
        : Math.ceilDiv(rows, Math.ceilDiv(rows, MOST_ROWS));
  }

  /**
   * Continues the sums of a tile of C by {@code depth} terms, in order: {@code c = fma(a[p], b[p],
   * c)}.
   *
   * @param height the rows of the tile: up to 6, or 12
   * @param a holds element (i, p) at {@code aOffset + i · aStride + p}
   * @param b holds element (p, j) at {@code bOffset + p · COLUMNS + j}
   * @param first whether the sums start from zero instead of from what c holds
   * @param c receives the tile
   */
  static void multiplyRows(
      int height,
      int depth,
      float[] a,
      int aOffset,
      int aStride,
      float[] b,
      int bOffset,
      boolean first,
      float[] c,
      int cOffset,
      int cStride) {
    if (height <= FEWER_ROWS) {
      fiveRows(height, depth, a, aOffset, aStride, b, bOffset, first, c, cOffset, cStride);
    } else if (height == MOST_ROWS) {
      sixRows(depth, a, aOffset, aStride, b, bOffset, first, c, cOffset, cStride);
    } else {
      twelveRows(depth, a, aOffset, aStride, b, bOffset, first, c, cOffset, cStride);
    }
  }

  /**
   * As {@link #multiplyRows} for packed columns of A.
   *
   * @param height the rows of the tile, up to 6
   * @param a holds element (i, p) at {@code aOffset + p · COLUMN_STRIDE + i}; rows from the height
   *     up to 5 repeat the last one
   */
  static void multiplyColumns(
      int height,
      int depth,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      boolean first,
      float[] c,
      int cOffset,
      int cStride) {
    if (height <= FEWER_ROWS) {
      fiveColumns(height, depth, a, aOffset, b, bOffset, first, c, cOffset, cStride);
    } else {
      sixColumns(depth, a, aOffset, b, bOffset, first, c, cOffset, cStride);
    }
  }

  /** Rows beyond {@code height} repeat the last one, so that there is no edge. */
  private static void fiveRows(
      int height,
      int depth,
      float[] a,
      int aOffset,
      int aStride,
      float[] b,
      int bOffset,
      boolean first,
      float[] c,
      int cOffset,
      int cStride) {
    int last = height - 1;
    int row1 = Math.min(1, last);
    int row2 = Math.min(2, last);
    int row3 = Math.min(3, last);
    int row4 = Math.min(4, last);
    int a1 = aOffset + row1 * aStride;
    int a2 = aOffset + row2 * aStride;
    int a3 = aOffset + row3 * aStride;
    int a4 = aOffset + row4 * aStride;
    FloatVector l0 = zero(FLOATS);
    FloatVector r0 = zero(FLOATS);
    FloatVector l1 = zero(FLOATS);
    FloatVector r1 = zero(FLOATS);
    FloatVector l2 = zero(FLOATS);
    FloatVector r2 = zero(FLOATS);
    FloatVector l3 = zero(FLOATS);
    FloatVector r3 = zero(FLOATS);
    FloatVector l4 = zero(FLOATS);
    FloatVector r4 = zero(FLOATS);
    int c1 = cOffset + row1 * cStride;
    int c2 = cOffset + row2 * cStride;
    int c3 = cOffset + row3 * cStride;
    int c4 = cOffset + row4 * cStride;
    if (!first) {
      l0 = fromArray(FLOATS, c, cOffset);
      r0 = fromArray(FLOATS, c, cOffset + COUNT);
      l1 = fromArray(FLOATS, c, c1);
      r1 = fromArray(FLOATS, c, c1 + COUNT);
      l2 = fromArray(FLOATS, c, c2);
      r2 = fromArray(FLOATS, c, c2 + COUNT);
      l3 = fromArray(FLOATS, c, c3);
      r3 = fromArray(FLOATS, c, c3 + COUNT);
      l4 = fromArray(FLOATS, c, c4);
      r4 = fromArray(FLOATS, c, c4 + COUNT);
    }
    for (int p = 0; p < depth; p++) {
      int bIndex = bOffset + p * COLUMNS;
      FloatVector left = fromArray(FLOATS, b, bIndex);
      FloatVector right = fromArray(FLOATS, b, bIndex + COUNT);
      FloatVector x0 = broadcast(FLOATS, a[aOffset + p]);
      l0 = x0.fma(left, l0);
      r0 = x0.fma(right, r0);
      FloatVector x1 = broadcast(FLOATS, a[a1 + p]);
      l1 = x1.fma(left, l1);
      r1 = x1.fma(right, r1);
      FloatVector x2 = broadcast(FLOATS, a[a2 + p]);
      l2 = x2.fma(left, l2);
      r2 = x2.fma(right, r2);
      FloatVector x3 = broadcast(FLOATS, a[a3 + p]);
      l3 = x3.fma(left, l3);
      r3 = x3.fma(right, r3);
      FloatVector x4 = broadcast(FLOATS, a[a4 + p]);
      l4 = x4.fma(left, l4);
      r4 = x4.fma(right, r4);
    }
    l0.intoArray(c, cOffset);
    r0.intoArray(c, cOffset + COUNT);
    l1.intoArray(c, c1);
    r1.intoArray(c, c1 + COUNT);
    l2.intoArray(c, c2);
    r2.intoArray(c, c2 + COUNT);
    l3.intoArray(c, c3);
    r3.intoArray(c, c3 + COUNT);
    l4.intoArray(c, c4);
    r4.intoArray(c, c4 + COUNT);
  }

  private static void sixRows(
      int depth,
      float[] a,
      int aOffset,
      int aStride,
      float[] b,
      int bOffset,
      boolean first,
      float[] c,
      int cOffset,
      int cStride) {
    int a1 = aOffset + aStride;
    int a2 = a1 + aStride;
    int a3 = a2 + aStride;
    int a4 = a3 + aStride;
    int a5 = a4 + aStride;
    FloatVector l0 = zero(FLOATS);
    FloatVector r0 = zero(FLOATS);
    FloatVector l1 = zero(FLOATS);
    FloatVector r1 = zero(FLOATS);
    FloatVector l2 = zero(FLOATS);
    FloatVector r2 = zero(FLOATS);
    FloatVector l3 = zero(FLOATS);
    FloatVector r3 = zero(FLOATS);
    FloatVector l4 = zero(FLOATS);
    FloatVector r4 = zero(FLOATS);
    FloatVector l5 = zero(FLOATS);
    FloatVector r5 = zero(FLOATS);
    int c1 = cOffset + cStride;
    int c2 = c1 + cStride;
    int c3 = c2 + cStride;
    int c4 = c3 + cStride;
    int c5 = c4 + cStride;
    if (!first) {
      l0 = fromArray(FLOATS, c, cOffset);
      r0 = fromArray(FLOATS, c, cOffset + COUNT);
      l1 = fromArray(FLOATS, c, c1);
      r1 = fromArray(FLOATS, c, c1 + COUNT);
      l2 = fromArray(FLOATS, c, c2);
      r2 = fromArray(FLOATS, c, c2 + COUNT);
      l3 = fromArray(FLOATS, c, c3);
      r3 = fromArray(FLOATS, c, c3 + COUNT);
      l4 = fromArray(FLOATS, c, c4);
      r4 = fromArray(FLOATS, c, c4 + COUNT);
      l5 = fromArray(FLOATS, c, c5);
      r5 = fromArray(FLOATS, c, c5 + COUNT);
    }
    for (int p = 0; p < depth; p++) {
      int bIndex = bOffset + p * COLUMNS;
      FloatVector left = fromArray(FLOATS, b, bIndex);
      FloatVector right = fromArray(FLOATS, b, bIndex + COUNT);
      FloatVector x0 = broadcast(FLOATS, a[aOffset + p]);
      l0 = x0.fma(left, l0);
      r0 = x0.fma(right, r0);
      FloatVector x1 = broadcast(FLOATS, a[a1 + p]);
      l1 = x1.fma(left, l1);
      r1 = x1.fma(right, r1);
      FloatVector x2 = broadcast(FLOATS, a[a2 + p]);
      l2 = x2.fma(left, l2);
      r2 = x2.fma(right, r2);
      FloatVector x3 = broadcast(FLOATS, a[a3 + p]);
      l3 = x3.fma(left, l3);
      r3 = x3.fma(right, r3);
      FloatVector x4 = broadcast(FLOATS, a[a4 + p]);
      l4 = x4.fma(left, l4);
      r4 = x4.fma(right, r4);
      FloatVector x5 = broadcast(FLOATS, a[a5 + p]);
      l5 = x5.fma(left, l5);
      r5 = x5.fma(right, r5);
    }
    l0.intoArray(c, cOffset);
    r0.intoArray(c, cOffset + COUNT);
    l1.intoArray(c, c1);
    r1.intoArray(c, c1 + COUNT);
    l2.intoArray(c, c2);
    r2.intoArray(c, c2 + COUNT);
    l3.intoArray(c, c3);
    r3.intoArray(c, c3 + COUNT);
    l4.intoArray(c, c4);
    r4.intoArray(c, c4 + COUNT);
    l5.intoArray(c, c5);
    r5.intoArray(c, c5 + COUNT);
  }

  private static void twelveRows(
      int depth,
      float[] a,
      int aOffset,
      int aStride,
      float[] b,
      int bOffset,
      boolean first,
      float[] c,
      int cOffset,
      int cStride) {
    int a1 = aOffset + aStride;
    int a2 = a1 + aStride;
    int a3 = a2 + aStride;
    int a4 = a3 + aStride;
    int a5 = a4 + aStride;
    int a6 = a5 + aStride;
    int a7 = a6 + aStride;
    int a8 = a7 + aStride;
    int a9 = a8 + aStride;
    int a10 = a9 + aStride;
    int a11 = a10 + aStride;
    FloatVector l0 = zero(FLOATS);
    FloatVector r0 = zero(FLOATS);
    FloatVector l1 = zero(FLOATS);
    FloatVector r1 = zero(FLOATS);
    FloatVector l2 = zero(FLOATS);
    FloatVector r2 = zero(FLOATS);
    FloatVector l3 = zero(FLOATS);
    FloatVector r3 = zero(FLOATS);
    FloatVector l4 = zero(FLOATS);
    FloatVector r4 = zero(FLOATS);
    FloatVector l5 = zero(FLOATS);
    FloatVector r5 = zero(FLOATS);
    FloatVector l6 = zero(FLOATS);
    FloatVector r6 = zero(FLOATS);
    FloatVector l7 = zero(FLOATS);
    FloatVector r7 = zero(FLOATS);
    FloatVector l8 = zero(FLOATS);
    FloatVector r8 = zero(FLOATS);
    FloatVector l9 = zero(FLOATS);
    FloatVector r9 = zero(FLOATS);
    FloatVector l10 = zero(FLOATS);
    FloatVector r10 = zero(FLOATS);
    FloatVector l11 = zero(FLOATS);
    FloatVector r11 = zero(FLOATS);
    int c1 = cOffset + cStride;
    int c2 = c1 + cStride;
    int c3 = c2 + cStride;
    int c4 = c3 + cStride;
    int c5 = c4 + cStride;
    int c6 = c5 + cStride;
    int c7 = c6 + cStride;
    int c8 = c7 + cStride;
    int c9 = c8 + cStride;
    int c10 = c9 + cStride;
    int c11 = c10 + cStride;
    if (!first) {
      l0 = fromArray(FLOATS, c, cOffset);
      r0 = fromArray(FLOATS, c, cOffset + COUNT);
      l1 = fromArray(FLOATS, c, c1);
      r1 = fromArray(FLOATS, c, c1 + COUNT);
      l2 = fromArray(FLOATS, c, c2);
      r2 = fromArray(FLOATS, c, c2 + COUNT);
      l3 = fromArray(FLOATS, c, c3);
      r3 = fromArray(FLOATS, c, c3 + COUNT);
      l4 = fromArray(FLOATS, c, c4);
      r4 = fromArray(FLOATS, c, c4 + COUNT);
      l5 = fromArray(FLOATS, c, c5);
      r5 = fromArray(FLOATS, c, c5 + COUNT);
      l6 = fromArray(FLOATS, c, c6);
      r6 = fromArray(FLOATS, c, c6 + COUNT);
      l7 = fromArray(FLOATS, c, c7);
      r7 = fromArray(FLOATS, c, c7 + COUNT);
      l8 = fromArray(FLOATS, c, c8);
      r8 = fromArray(FLOATS, c, c8 + COUNT);
      l9 = fromArray(FLOATS, c, c9);
      r9 = fromArray(FLOATS, c, c9 + COUNT);
      l10 = fromArray(FLOATS, c, c10);
      r10 = fromArray(FLOATS, c, c10 + COUNT);
      l11 = fromArray(FLOATS, c, c11);
      r11 = fromArray(FLOATS, c, c11 + COUNT);
    }
    for (int p = 0; p < depth; p++) {
      int bIndex = bOffset + p * COLUMNS;
      FloatVector left = fromArray(FLOATS, b, bIndex);
      FloatVector right = fromArray(FLOATS, b, bIndex + COUNT);
      FloatVector x0 = broadcast(FLOATS, a[aOffset + p]);
      l0 = x0.fma(left, l0);
      r0 = x0.fma(right, r0);
      FloatVector x1 = broadcast(FLOATS, a[a1 + p]);
      l1 = x1.fma(left, l1);
      r1 = x1.fma(right, r1);
      FloatVector x2 = broadcast(FLOATS, a[a2 + p]);
      l2 = x2.fma(left, l2);
      r2 = x2.fma(right, r2);
      FloatVector x3 = broadcast(FLOATS, a[a3 + p]);
      l3 = x3.fma(left, l3);
      r3 = x3.fma(right, r3);
      FloatVector x4 = broadcast(FLOATS, a[a4 + p]);
      l4 = x4.fma(left, l4);
      r4 = x4.fma(right, r4);
      FloatVector x5 = broadcast(FLOATS, a[a5 + p]);
      l5 = x5.fma(left, l5);
      r5 = x5.fma(right, r5);
      FloatVector x6 = broadcast(FLOATS, a[a6 + p]);
      l6 = x6.fma(left, l6);
      r6 = x6.fma(right, r6);
      FloatVector x7 = broadcast(FLOATS, a[a7 + p]);
      l7 = x7.fma(left, l7);
      r7 = x7.fma(right, r7);
      FloatVector x8 = broadcast(FLOATS, a[a8 + p]);
      l8 = x8.fma(left, l8);
      r8 = x8.fma(right, r8);
      FloatVector x9 = broadcast(FLOATS, a[a9 + p]);
      l9 = x9.fma(left, l9);
      r9 = x9.fma(right, r9);
      FloatVector x10 = broadcast(FLOATS, a[a10 + p]);
      l10 = x10.fma(left, l10);
      r10 = x10.fma(right, r10);
      FloatVector x11 = broadcast(FLOATS, a[a11 + p]);
      l11 = x11.fma(left, l11);
      r11 = x11.fma(right, r11);
    }
    l0.intoArray(c, cOffset);
    r0.intoArray(c, cOffset + COUNT);
    l1.intoArray(c, c1);
    r1.intoArray(c, c1 + COUNT);
    l2.intoArray(c, c2);
    r2.intoArray(c, c2 + COUNT);
    l3.intoArray(c, c3);
    r3.intoArray(c, c3 + COUNT);
    l4.intoArray(c, c4);
    r4.intoArray(c, c4 + COUNT);
    l5.intoArray(c, c5);
    r5.intoArray(c, c5 + COUNT);
    l6.intoArray(c, c6);
    r6.intoArray(c, c6 + COUNT);
    l7.intoArray(c, c7);
    r7.intoArray(c, c7 + COUNT);
    l8.intoArray(c, c8);
    r8.intoArray(c, c8 + COUNT);
    l9.intoArray(c, c9);
    r9.intoArray(c, c9 + COUNT);
    l10.intoArray(c, c10);
    r10.intoArray(c, c10 + COUNT);
    l11.intoArray(c, c11);
    r11.intoArray(c, c11 + COUNT);
  }

  /** Rows beyond {@code height} repeat the last one, as those of A do. */
  private static void fiveColumns(
      int height,
      int depth,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      boolean first,
      float[] c,
      int cOffset,
      int cStride) {
    int last = height - 1;
    int row1 = Math.min(1, last);
    int row2 = Math.min(2, last);
    int row3 = Math.min(3, last);
    int row4 = Math.min(4, last);
    FloatVector l0 = zero(FLOATS);
    FloatVector r0 = zero(FLOATS);
    FloatVector l1 = zero(FLOATS);
    FloatVector r1 = zero(FLOATS);
    FloatVector l2 = zero(FLOATS);
    FloatVector r2 = zero(FLOATS);
    FloatVector l3 = zero(FLOATS);
    FloatVector r3 = zero(FLOATS);
    FloatVector l4 = zero(FLOATS);
    FloatVector r4 = zero(FLOATS);
    int c1 = cOffset + row1 * cStride;
    int c2 = cOffset + row2 * cStride;
    int c3 = cOffset + row3 * cStride;
    int c4 = cOffset + row4 * cStride;
    if (!first) {
      l0 = fromArray(FLOATS, c, cOffset);
      r0 = fromArray(FLOATS, c, cOffset + COUNT);
      l1 = fromArray(FLOATS, c, c1);
      r1 = fromArray(FLOATS, c, c1 + COUNT);
      l2 = fromArray(FLOATS, c, c2);
      r2 = fromArray(FLOATS, c, c2 + COUNT);
      l3 = fromArray(FLOATS, c, c3);
      r3 = fromArray(FLOATS, c, c3 + COUNT);
      l4 = fromArray(FLOATS, c, c4);
      r4 = fromArray(FLOATS, c, c4 + COUNT);
    }
    for (int p = 0; p < depth; p++) {
      int aIndex = aOffset + p * COLUMN_STRIDE;
      int bIndex = bOffset + p * COLUMNS;
      FloatVector left = fromArray(FLOATS, b, bIndex);
      FloatVector right = fromArray(FLOATS, b, bIndex + COUNT);
      FloatVector x0 = broadcast(FLOATS, a[aIndex]);
      l0 = x0.fma(left, l0);
      r0 = x0.fma(right, r0);
      loadLoadFence();
      FloatVector x1 = broadcast(FLOATS, a[aIndex + 1]);
      l1 = x1.fma(left, l1);
      r1 = x1.fma(right, r1);
      loadLoadFence();
      FloatVector x2 = broadcast(FLOATS, a[aIndex + 2]);
      l2 = x2.fma(left, l2);
      r2 = x2.fma(right, r2);
      loadLoadFence();
      FloatVector x3 = broadcast(FLOATS, a[aIndex + 3]);
      l3 = x3.fma(left, l3);
      r3 = x3.fma(right, r3);
      loadLoadFence();
      FloatVector x4 = broadcast(FLOATS, a[aIndex + 4]);
      l4 = x4.fma(left, l4);
      r4 = x4.fma(right, r4);
      loadLoadFence();
    }
    l0.intoArray(c, cOffset);
    r0.intoArray(c, cOffset + COUNT);
    l1.intoArray(c, c1);
    r1.intoArray(c, c1 + COUNT);
    l2.intoArray(c, c2);
    r2.intoArray(c, c2 + COUNT);
    l3.intoArray(c, c3);
    r3.intoArray(c, c3 + COUNT);
    l4.intoArray(c, c4);
    r4.intoArray(c, c4 + COUNT);
  }

  private static void sixColumns(
      int depth,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      boolean first,
      float[] c,
      int cOffset,
      int cStride) {
    FloatVector l0 = zero(FLOATS);
    FloatVector r0 = zero(FLOATS);
    FloatVector l1 = zero(FLOATS);
    FloatVector r1 = zero(FLOATS);
    FloatVector l2 = zero(FLOATS);
    FloatVector r2 = zero(FLOATS);
    FloatVector l3 = zero(FLOATS);
    FloatVector r3 = zero(FLOATS);
    FloatVector l4 = zero(FLOATS);
    FloatVector r4 = zero(FLOATS);
    FloatVector l5 = zero(FLOATS);
    FloatVector r5 = zero(FLOATS);
    int c1 = cOffset + cStride;
    int c2 = c1 + cStride;
    int c3 = c2 + cStride;
    int c4 = c3 + cStride;
    int c5 = c4 + cStride;
    if (!first) {
      l0 = fromArray(FLOATS, c, cOffset);
      r0 = fromArray(FLOATS, c, cOffset + COUNT);
      l1 = fromArray(FLOATS, c, c1);
      r1 = fromArray(FLOATS, c, c1 + COUNT);
      l2 = fromArray(FLOATS, c, c2);
      r2 = fromArray(FLOATS, c, c2 + COUNT);
      l3 = fromArray(FLOATS, c, c3);
      r3 = fromArray(FLOATS, c, c3 + COUNT);
      l4 = fromArray(FLOATS, c, c4);
      r4 = fromArray(FLOATS, c, c4 + COUNT);
      l5 = fromArray(FLOATS, c, c5);
      r5 = fromArray(FLOATS, c, c5 + COUNT);
    }
    for (int p = 0; p < depth; p++) {
      int aIndex = aOffset + p * COLUMN_STRIDE;
      int bIndex = bOffset + p * COLUMNS;
      FloatVector left = fromArray(FLOATS, b, bIndex);
      FloatVector right = fromArray(FLOATS, b, bIndex + COUNT);
      FloatVector x0 = broadcast(FLOATS, a[aIndex]);
      l0 = x0.fma(left, l0);
      r0 = x0.fma(right, r0);
      loadLoadFence();
      FloatVector x1 = broadcast(FLOATS, a[aIndex + 1]);
      l1 = x1.fma(left, l1);
      r1 = x1.fma(right, r1);
      loadLoadFence();
      FloatVector x2 = broadcast(FLOATS, a[aIndex + 2]);
      l2 = x2.fma(left, l2);
      r2 = x2.fma(right, r2);
      loadLoadFence();
      FloatVector x3 = broadcast(FLOATS, a[aIndex + 3]);
      l3 = x3.fma(left, l3);
      r3 = x3.fma(right, r3);
      loadLoadFence();
      FloatVector x4 = broadcast(FLOATS, a[aIndex + 4]);
      l4 = x4.fma(left, l4);
      r4 = x4.fma(right, r4);
      loadLoadFence();
      FloatVector x5 = broadcast(FLOATS, a[aIndex + 5]);
      l5 = x5.fma(left, l5);
      r5 = x5.fma(right, r5);
      loadLoadFence();
    }
    l0.intoArray(c, cOffset);
    r0.intoArray(c, cOffset + COUNT);
    l1.intoArray(c, c1);
    r1.intoArray(c, c1 + COUNT);
    l2.intoArray(c, c2);
    r2.intoArray(c, c2 + COUNT);
    l3.intoArray(c, c3);
    r3.intoArray(c, c3 + COUNT);
    l4.intoArray(c, c4);
    r4.intoArray(c, c4 + COUNT);
    l5.intoArray(c, c5);
    r5.intoArray(c, c5 + COUNT);
  }
}
