package org.lanewise.engine.matrix;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.FloatVector.zero;
import static org.lanewise.engine.vector.Lanes.COUNT;
import static org.lanewise.engine.vector.Lanes.FLOATS;

import jdk.incubator.vector.FloatVector;

/**
 * The {@link RegisterTile} of twice its height, for 32 vector registers: 24 sums, 2 vectors of B
 * and elements of A. It reads rows of A where they lie, each by an address of its own: then the
 * compiler does not load ahead and spill sums for it.
 */
final class TallTile {
  /** The rows of the tile. */
  static final int ROWS = 2 * RegisterTile.MOST_ROWS;

  private TallTile() {}

  /**
   * Continues the sums of a tile of C as {@link RegisterTile#multiply} does.
   *
   * @param depth how many terms are added
   * @param a holds element (i, p) at {@code aOffset + i · aStride + p}
   * @param b holds element (p, j) at {@code bOffset + p · bStride + j}
   * @param first whether the sums start from zero instead of from what c holds
   * @param c receives the tile at c0
   */
  static void multiply(
      int depth,
      float[] a,
      int aOffset,
      int aStride,
      float[] b,
      int bOffset,
      int bStride,
      boolean first,
      float[] c,
      int c0,
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
    int c1 = c0 + cStride;
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
    if (!first) {
      l0 = fromArray(FLOATS, c, c0);
      r0 = fromArray(FLOATS, c, c0 + COUNT);
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
      int j = bOffset + p * bStride;
      FloatVector left = fromArray(FLOATS, b, j);
      FloatVector right = fromArray(FLOATS, b, j + COUNT);
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
    l0.intoArray(c, c0);
    r0.intoArray(c, c0 + COUNT);
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
}
