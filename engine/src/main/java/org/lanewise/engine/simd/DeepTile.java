package org.lanewise.engine.simd;

import static java.lang.invoke.VarHandle.loadLoadFence;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.FloatVector.zero;
import static org.lanewise.engine.simd.Lanes.COUNT;
import static org.lanewise.engine.simd.Lanes.FLOATS;
import static org.lanewise.engine.simd.RegisterTile.COLUMNS;
import static org.lanewise.engine.simd.RegisterTile.FEWER_ROWS;

import jdk.incubator.vector.FloatVector;

/**
 * The {@link RegisterTile} for long sums: it spends two instructions a multiplication, where that
 * one spends three.
 *
 * <p>A core that is shared with another busy thread multiplies as fast as it gets instructions. So
 * four terms are added a turn, and rows of A are copied a constant distance apart: one index then
 * serves for all of them. Short sums lose by it, as more bounds are checked ahead of the loop.
 * Heights are written out for the reason that is given there.
 */
final class DeepTile {
  /**
   * How far copied rows of A are apart: more than the depth of a block, and no multiple of a page.
   */
  static final int ROW_STRIDE = 1040;

  /** The terms added a turn: depths are multiples. */
  static final int TERMS = 4;

  private DeepTile() {}

  /**
   * Continues the sums of a tile of C by {@code depth} terms as {@link RegisterTile#multiplyRows}
   * does.
   *
   * @param height the rows of the tile: up to 6
   * @param depth a multiple of {@link #TERMS}
   * @param a holds element (i, p) at {@code aOffset + i · ROW_STRIDE + p}, with room for 5 rows
   * @param b holds element (p, j) at {@code bOffset + p · COLUMNS + j}
   * @param first whether the sums start from zero instead of from what c holds
   * @param c receives the tile
   */
  static void multiply(
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
      fiveRows(height, depth, a, aOffset, b, bOffset, first, c, cOffset, cStride);
    } else {
      sixRows(depth, a, aOffset, b, bOffset, first, c, cOffset, cStride);
    }
  }

  /** Rows beyond {@code height} are stored where the last one is, before it. */
  private static void fiveRows(
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
    int c1 = cOffset + Math.min(1, last) * cStride;
    int c2 = cOffset + Math.min(2, last) * cStride;
    int c3 = cOffset + Math.min(3, last) * cStride;
    int c4 = cOffset + Math.min(4, last) * cStride;
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
    for (int p = 0; p <= depth - TERMS; p += TERMS) {
      int i = aOffset + p;
      int j = bOffset + p * COLUMNS;
      FloatVector left0 = fromArray(FLOATS, b, j);
      FloatVector right0 = fromArray(FLOATS, b, j + COUNT);
      FloatVector x00 = broadcast(FLOATS, a[i]);
      l0 = x00.fma(left0, l0);
      r0 = x00.fma(right0, r0);
      FloatVector x10 = broadcast(FLOATS, a[i + ROW_STRIDE]);
      l1 = x10.fma(left0, l1);
      r1 = x10.fma(right0, r1);
      loadLoadFence();
      FloatVector x20 = broadcast(FLOATS, a[i + 2 * ROW_STRIDE]);
      l2 = x20.fma(left0, l2);
      r2 = x20.fma(right0, r2);
      FloatVector x30 = broadcast(FLOATS, a[i + 3 * ROW_STRIDE]);
      l3 = x30.fma(left0, l3);
      r3 = x30.fma(right0, r3);
      loadLoadFence();
      FloatVector x40 = broadcast(FLOATS, a[i + 4 * ROW_STRIDE]);
      l4 = x40.fma(left0, l4);
      r4 = x40.fma(right0, r4);
      FloatVector left1 = fromArray(FLOATS, b, j + COLUMNS);
      FloatVector right1 = fromArray(FLOATS, b, j + COLUMNS + COUNT);
      FloatVector x01 = broadcast(FLOATS, a[i + 1]);
      l0 = x01.fma(left1, l0);
      r0 = x01.fma(right1, r0);
      FloatVector x11 = broadcast(FLOATS, a[i + ROW_STRIDE + 1]);
      l1 = x11.fma(left1, l1);
      r1 = x11.fma(right1, r1);
      loadLoadFence();
      FloatVector x21 = broadcast(FLOATS, a[i + 2 * ROW_STRIDE + 1]);
      l2 = x21.fma(left1, l2);
      r2 = x21.fma(right1, r2);
      FloatVector x31 = broadcast(FLOATS, a[i + 3 * ROW_STRIDE + 1]);
      l3 = x31.fma(left1, l3);
      r3 = x31.fma(right1, r3);
      loadLoadFence();
      FloatVector x41 = broadcast(FLOATS, a[i + 4 * ROW_STRIDE + 1]);
      l4 = x41.fma(left1, l4);
      r4 = x41.fma(right1, r4);
      FloatVector left2 = fromArray(FLOATS, b, j + 2 * COLUMNS);
      FloatVector right2 = fromArray(FLOATS, b, j + 2 * COLUMNS + COUNT);
      FloatVector x02 = broadcast(FLOATS, a[i + 2]);
      l0 = x02.fma(left2, l0);
      r0 = x02.fma(right2, r0);
      FloatVector x12 = broadcast(FLOATS, a[i + ROW_STRIDE + 2]);
      l1 = x12.fma(left2, l1);
      r1 = x12.fma(right2, r1);
      loadLoadFence();
      FloatVector x22 = broadcast(FLOATS, a[i + 2 * ROW_STRIDE + 2]);
      l2 = x22.fma(left2, l2);
      r2 = x22.fma(right2, r2);
      FloatVector x32 = broadcast(FLOATS, a[i + 3 * ROW_STRIDE + 2]);
      l3 = x32.fma(left2, l3);
      r3 = x32.fma(right2, r3);
      loadLoadFence();
      FloatVector x42 = broadcast(FLOATS, a[i + 4 * ROW_STRIDE + 2]);
      l4 = x42.fma(left2, l4);
      r4 = x42.fma(right2, r4);
      FloatVector left3 = fromArray(FLOATS, b, j + 3 * COLUMNS);
      FloatVector right3 = fromArray(FLOATS, b, j + 3 * COLUMNS + COUNT);
      FloatVector x03 = broadcast(FLOATS, a[i + 3]);
      l0 = x03.fma(left3, l0);
      r0 = x03.fma(right3, r0);
      FloatVector x13 = broadcast(FLOATS, a[i + ROW_STRIDE + 3]);
      l1 = x13.fma(left3, l1);
      r1 = x13.fma(right3, r1);
      loadLoadFence();
      FloatVector x23 = broadcast(FLOATS, a[i + 2 * ROW_STRIDE + 3]);
      l2 = x23.fma(left3, l2);
      r2 = x23.fma(right3, r2);
      FloatVector x33 = broadcast(FLOATS, a[i + 3 * ROW_STRIDE + 3]);
      l3 = x33.fma(left3, l3);
      r3 = x33.fma(right3, r3);
      loadLoadFence();
      FloatVector x43 = broadcast(FLOATS, a[i + 4 * ROW_STRIDE + 3]);
      l4 = x43.fma(left3, l4);
      r4 = x43.fma(right3, r4);
    }
    l4.intoArray(c, c4);
    r4.intoArray(c, c4 + COUNT);
    l3.intoArray(c, c3);
    r3.intoArray(c, c3 + COUNT);
    l2.intoArray(c, c2);
    r2.intoArray(c, c2 + COUNT);
    l1.intoArray(c, c1);
    r1.intoArray(c, c1 + COUNT);
    l0.intoArray(c, cOffset);
    r0.intoArray(c, cOffset + COUNT);
  }

  private static void sixRows(
      int depth,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      boolean first,
      float[] c,
      int cOffset,
      int cStride) {
    int c1 = cOffset + cStride;
    int c2 = c1 + cStride;
    int c3 = c2 + cStride;
    int c4 = c3 + cStride;
    int c5 = c4 + cStride;
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
    for (int p = 0; p <= depth - TERMS; p += TERMS) {
      int i = aOffset + p;
      int j = bOffset + p * COLUMNS;
      FloatVector left0 = fromArray(FLOATS, b, j);
      FloatVector right0 = fromArray(FLOATS, b, j + COUNT);
      FloatVector x00 = broadcast(FLOATS, a[i]);
      l0 = x00.fma(left0, l0);
      r0 = x00.fma(right0, r0);
      FloatVector x10 = broadcast(FLOATS, a[i + ROW_STRIDE]);
      l1 = x10.fma(left0, l1);
      r1 = x10.fma(right0, r1);
      loadLoadFence();
      FloatVector x20 = broadcast(FLOATS, a[i + 2 * ROW_STRIDE]);
      l2 = x20.fma(left0, l2);
      r2 = x20.fma(right0, r2);
      FloatVector x30 = broadcast(FLOATS, a[i + 3 * ROW_STRIDE]);
      l3 = x30.fma(left0, l3);
      r3 = x30.fma(right0, r3);
      loadLoadFence();
      FloatVector x40 = broadcast(FLOATS, a[i + 4 * ROW_STRIDE]);
      l4 = x40.fma(left0, l4);
      r4 = x40.fma(right0, r4);
      FloatVector x50 = broadcast(FLOATS, a[i + 5 * ROW_STRIDE]);
      l5 = x50.fma(left0, l5);
      r5 = x50.fma(right0, r5);
      loadLoadFence();
      FloatVector left1 = fromArray(FLOATS, b, j + COLUMNS);
      FloatVector right1 = fromArray(FLOATS, b, j + COLUMNS + COUNT);
      FloatVector x01 = broadcast(FLOATS, a[i + 1]);
      l0 = x01.fma(left1, l0);
      r0 = x01.fma(right1, r0);
      FloatVector x11 = broadcast(FLOATS, a[i + ROW_STRIDE + 1]);
      l1 = x11.fma(left1, l1);
      r1 = x11.fma(right1, r1);
      loadLoadFence();
      FloatVector x21 = broadcast(FLOATS, a[i + 2 * ROW_STRIDE + 1]);
      l2 = x21.fma(left1, l2);
      r2 = x21.fma(right1, r2);
      FloatVector x31 = broadcast(FLOATS, a[i + 3 * ROW_STRIDE + 1]);
      l3 = x31.fma(left1, l3);
      r3 = x31.fma(right1, r3);
      loadLoadFence();
      FloatVector x41 = broadcast(FLOATS, a[i + 4 * ROW_STRIDE + 1]);
      l4 = x41.fma(left1, l4);
      r4 = x41.fma(right1, r4);
      FloatVector x51 = broadcast(FLOATS, a[i + 5 * ROW_STRIDE + 1]);
      l5 = x51.fma(left1, l5);
      r5 = x51.fma(right1, r5);
      loadLoadFence();
      FloatVector left2 = fromArray(FLOATS, b, j + 2 * COLUMNS);
      FloatVector right2 = fromArray(FLOATS, b, j + 2 * COLUMNS + COUNT);
      FloatVector x02 = broadcast(FLOATS, a[i + 2]);
      l0 = x02.fma(left2, l0);
      r0 = x02.fma(right2, r0);
      FloatVector x12 = broadcast(FLOATS, a[i + ROW_STRIDE + 2]);
      l1 = x12.fma(left2, l1);
      r1 = x12.fma(right2, r1);
      loadLoadFence();
      FloatVector x22 = broadcast(FLOATS, a[i + 2 * ROW_STRIDE + 2]);
      l2 = x22.fma(left2, l2);
      r2 = x22.fma(right2, r2);
      FloatVector x32 = broadcast(FLOATS, a[i + 3 * ROW_STRIDE + 2]);
      l3 = x32.fma(left2, l3);
      r3 = x32.fma(right2, r3);
      loadLoadFence();
      FloatVector x42 = broadcast(FLOATS, a[i + 4 * ROW_STRIDE + 2]);
      l4 = x42.fma(left2, l4);
      r4 = x42.fma(right2, r4);
      FloatVector x52 = broadcast(FLOATS, a[i + 5 * ROW_STRIDE + 2]);
      l5 = x52.fma(left2, l5);
      r5 = x52.fma(right2, r5);
      loadLoadFence();
      FloatVector left3 = fromArray(FLOATS, b, j + 3 * COLUMNS);
      FloatVector right3 = fromArray(FLOATS, b, j + 3 * COLUMNS + COUNT);
      FloatVector x03 = broadcast(FLOATS, a[i + 3]);
      l0 = x03.fma(left3, l0);
      r0 = x03.fma(right3, r0);
      FloatVector x13 = broadcast(FLOATS, a[i + ROW_STRIDE + 3]);
      l1 = x13.fma(left3, l1);
      r1 = x13.fma(right3, r1);
      loadLoadFence();
      FloatVector x23 = broadcast(FLOATS, a[i + 2 * ROW_STRIDE + 3]);
      l2 = x23.fma(left3, l2);
      r2 = x23.fma(right3, r2);
      FloatVector x33 = broadcast(FLOATS, a[i + 3 * ROW_STRIDE + 3]);
      l3 = x33.fma(left3, l3);
      r3 = x33.fma(right3, r3);
      loadLoadFence();
      FloatVector x43 = broadcast(FLOATS, a[i + 4 * ROW_STRIDE + 3]);
      l4 = x43.fma(left3, l4);
      r4 = x43.fma(right3, r4);
      FloatVector x53 = broadcast(FLOATS, a[i + 5 * ROW_STRIDE + 3]);
      l5 = x53.fma(left3, l5);
      r5 = x53.fma(right3, r5);
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
