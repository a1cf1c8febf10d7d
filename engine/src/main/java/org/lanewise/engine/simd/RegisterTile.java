package org.lanewise.engine.simd;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;
import static org.lanewise.engine.simd.Lanes.COUNT;
import static org.lanewise.engine.simd.Lanes.FLOATS;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;

/**
 * The innermost kernel of the matrix product: one tile of C, two vectors wide, held in registers
 * while a panel of A and a panel of B pass by.
 *
 * <p>Vectors stay in registers only as named locals, so each height of the tile is written out. 10
 * sums, 2 vectors of B and the elements of A loaded ahead fill 16 registers: the JIT orders the
 * loads of a step as it likes, and with 12 sums it spills some in every step, which halves the
 * speed. 24 sums fit 32 registers the same way.
 */
final class RegisterTile {
  /** The columns of a tile, and of a packed panel of B. */
  static final int COLUMNS = 2 * COUNT;

  static final int VECTOR_BYTES = COUNT * Float.BYTES;
  static final int PANEL_ROW_BYTES = COLUMNS * Float.BYTES;

  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private RegisterTile() {}

  /**
   * How far the terms of a sum are apart in a panel of A for tiles of 5 or 12 rows. Terms eight
   * apart can be copied as whole vectors where A is transposed.
   */
  static int panelStride(int rows) {
    return rows == 12 ? 12 : 8;
  }

  /**
   * Continues the sums of a tile of C by {@code depth} terms, in order: {@code c = fma(a[p], b[p],
   * c)}.
   *
   * @param rows the height of the tile and of the panel of A: 5 or 12
   * @param bOffset where the panel of B starts, in bytes
   * @param start what the sums start from, of the tile's size
   * @param c receives the tile
   */
  static void multiply(
      int rows,
      int depth,
      float[] a,
      int aOffset,
      MemorySegment b,
      long bOffset,
      float[] start,
      int startOffset,
      int startStride,
      float[] c,
      int cOffset,
      int cStride) {
    if (rows == 5) {
      five(depth, a, aOffset, b, bOffset, start, startOffset, startStride, c, cOffset, cStride);
    } else {
      twelve(depth, a, aOffset, b, bOffset, start, startOffset, startStride, c, cOffset, cStride);
    }
  }

  private static void five(
      int depth,
      float[] a,
      int aOffset,
      MemorySegment b,
      long bOffset,
      float[] start,
      int startOffset,
      int startStride,
      float[] c,
      int cOffset,
      int cStride) {
    int start1 = startOffset + startStride;
    int start2 = start1 + startStride;
    int start3 = start2 + startStride;
    int start4 = start3 + startStride;
    FloatVector l0 = fromArray(FLOATS, start, startOffset);
    FloatVector r0 = fromArray(FLOATS, start, startOffset + COUNT);
    FloatVector l1 = fromArray(FLOATS, start, start1);
    FloatVector r1 = fromArray(FLOATS, start, start1 + COUNT);
    FloatVector l2 = fromArray(FLOATS, start, start2);
    FloatVector r2 = fromArray(FLOATS, start, start2 + COUNT);
    FloatVector l3 = fromArray(FLOATS, start, start3);
    FloatVector r3 = fromArray(FLOATS, start, start3 + COUNT);
    FloatVector l4 = fromArray(FLOATS, start, start4);
    FloatVector r4 = fromArray(FLOATS, start, start4 + COUNT);
    for (int p = 0; p < depth; p++) {
      long bIndex = bOffset + (long) p * PANEL_ROW_BYTES;
      FloatVector left = fromMemorySegment(FLOATS, b, bIndex, ORDER);
      FloatVector right = fromMemorySegment(FLOATS, b, bIndex + VECTOR_BYTES, ORDER);
      int aIndex = aOffset + p * 8;
      FloatVector a0 = broadcast(FLOATS, a[aIndex]);
      l0 = a0.fma(left, l0);
      r0 = a0.fma(right, r0);
      FloatVector a1 = broadcast(FLOATS, a[aIndex + 1]);
      l1 = a1.fma(left, l1);
      r1 = a1.fma(right, r1);
      FloatVector a2 = broadcast(FLOATS, a[aIndex + 2]);
      l2 = a2.fma(left, l2);
      r2 = a2.fma(right, r2);
      FloatVector a3 = broadcast(FLOATS, a[aIndex + 3]);
      l3 = a3.fma(left, l3);
      r3 = a3.fma(right, r3);
      FloatVector a4 = broadcast(FLOATS, a[aIndex + 4]);
      l4 = a4.fma(left, l4);
      r4 = a4.fma(right, r4);
    }
    int c1 = cOffset + cStride;
    int c2 = c1 + cStride;
    int c3 = c2 + cStride;
    int c4 = c3 + cStride;
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

  private static void twelve(
      int depth,
      float[] a,
      int aOffset,
      MemorySegment b,
      long bOffset,
      float[] start,
      int startOffset,
      int startStride,
      float[] c,
      int cOffset,
      int cStride) {
    int start1 = startOffset + startStride;
    int start2 = start1 + startStride;
    int start3 = start2 + startStride;
    int start4 = start3 + startStride;
    int start5 = start4 + startStride;
    int start6 = start5 + startStride;
    int start7 = start6 + startStride;
    int start8 = start7 + startStride;
    int start9 = start8 + startStride;
    int start10 = start9 + startStride;
    int start11 = start10 + startStride;
    FloatVector l0 = fromArray(FLOATS, start, startOffset);
    FloatVector r0 = fromArray(FLOATS, start, startOffset + COUNT);
    FloatVector l1 = fromArray(FLOATS, start, start1);
    FloatVector r1 = fromArray(FLOATS, start, start1 + COUNT);
    FloatVector l2 = fromArray(FLOATS, start, start2);
    FloatVector r2 = fromArray(FLOATS, start, start2 + COUNT);
    FloatVector l3 = fromArray(FLOATS, start, start3);
    FloatVector r3 = fromArray(FLOATS, start, start3 + COUNT);
    FloatVector l4 = fromArray(FLOATS, start, start4);
    FloatVector r4 = fromArray(FLOATS, start, start4 + COUNT);
    FloatVector l5 = fromArray(FLOATS, start, start5);
    FloatVector r5 = fromArray(FLOATS, start, start5 + COUNT);
    FloatVector l6 = fromArray(FLOATS, start, start6);
    FloatVector r6 = fromArray(FLOATS, start, start6 + COUNT);
    FloatVector l7 = fromArray(FLOATS, start, start7);
    FloatVector r7 = fromArray(FLOATS, start, start7 + COUNT);
    FloatVector l8 = fromArray(FLOATS, start, start8);
    FloatVector r8 = fromArray(FLOATS, start, start8 + COUNT);
    FloatVector l9 = fromArray(FLOATS, start, start9);
    FloatVector r9 = fromArray(FLOATS, start, start9 + COUNT);
    FloatVector l10 = fromArray(FLOATS, start, start10);
    FloatVector r10 = fromArray(FLOATS, start, start10 + COUNT);
    FloatVector l11 = fromArray(FLOATS, start, start11);
    FloatVector r11 = fromArray(FLOATS, start, start11 + COUNT);
    for (int p = 0; p < depth; p++) {
      long bIndex = bOffset + (long) p * PANEL_ROW_BYTES;
      FloatVector left = fromMemorySegment(FLOATS, b, bIndex, ORDER);
      FloatVector right = fromMemorySegment(FLOATS, b, bIndex + VECTOR_BYTES, ORDER);
      int aIndex = aOffset + p * 12;
      FloatVector a0 = broadcast(FLOATS, a[aIndex]);
      l0 = a0.fma(left, l0);
      r0 = a0.fma(right, r0);
      FloatVector a1 = broadcast(FLOATS, a[aIndex + 1]);
      l1 = a1.fma(left, l1);
      r1 = a1.fma(right, r1);
      FloatVector a2 = broadcast(FLOATS, a[aIndex + 2]);
      l2 = a2.fma(left, l2);
      r2 = a2.fma(right, r2);
      FloatVector a3 = broadcast(FLOATS, a[aIndex + 3]);
      l3 = a3.fma(left, l3);
      r3 = a3.fma(right, r3);
      FloatVector a4 = broadcast(FLOATS, a[aIndex + 4]);
      l4 = a4.fma(left, l4);
      r4 = a4.fma(right, r4);
      FloatVector a5 = broadcast(FLOATS, a[aIndex + 5]);
      l5 = a5.fma(left, l5);
      r5 = a5.fma(right, r5);
      FloatVector a6 = broadcast(FLOATS, a[aIndex + 6]);
      l6 = a6.fma(left, l6);
      r6 = a6.fma(right, r6);
      FloatVector a7 = broadcast(FLOATS, a[aIndex + 7]);
      l7 = a7.fma(left, l7);
      r7 = a7.fma(right, r7);
      FloatVector a8 = broadcast(FLOATS, a[aIndex + 8]);
      l8 = a8.fma(left, l8);
      r8 = a8.fma(right, r8);
      FloatVector a9 = broadcast(FLOATS, a[aIndex + 9]);
      l9 = a9.fma(left, l9);
      r9 = a9.fma(right, r9);
      FloatVector a10 = broadcast(FLOATS, a[aIndex + 10]);
      l10 = a10.fma(left, l10);
      r10 = a10.fma(right, r10);
      FloatVector a11 = broadcast(FLOATS, a[aIndex + 11]);
      l11 = a11.fma(left, l11);
      r11 = a11.fma(right, r11);
    }
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
}
