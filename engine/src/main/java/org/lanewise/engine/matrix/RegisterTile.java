package org.lanewise.engine.matrix;

import static java.lang.invoke.VarHandle.loadLoadFence;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.FloatVector.zero;
import static org.lanewise.engine.vector.Lanes.COUNT;
import static org.lanewise.engine.vector.Lanes.FLOATS;

import jdk.incubator.vector.FloatVector;

/**
 * The innermost kernel of the matrix product: one tile of C, two vectors wide, held in registers
 * while packed columns of A and a panel of B pass by.
 *
 * <p>Vectors stay in registers only as named locals, so each height of the tile is written out. 12
 * sums, 2 vectors of B and 2 elements of A fill 16 registers. Where there is no {@link TallTile},
 * any number of rows from 20 on is made of fives and sixes, so that no tile is partly empty.
 *
 * <p>A core that is shared with another busy thread multiplies as fast as it gets instructions.
 * Hence two terms a turn, which share their indices; more do not pay where sums are short, as each
 * access has its bounds checked ahead of the loop. The masks say that nothing is negative, which
 * spares conversions.
 *
 * <p>The JIT orders the loads of a turn as it likes, and where registers are few it spills sums to
 * load ahead, which halves the speed. A fence keeps loads in their order; on x86 it is no
 * instruction.
 */
final class RegisterTile {
  /** The columns of a tile, and of a packed panel of B. */
  static final int COLUMNS = 2 * COUNT;

  /** How far the packed columns of A are apart: whole vectors, to be copied fast. */
  static final int COLUMN_STRIDE = Math.max(8, COUNT);

  /** The rows of the highest tile. */
  static final int MOST_ROWS = 6;

  /** The rows of the lower tile, which also serves for fewer rows; the higher one does not. */
  static final int FEWER_ROWS = 5;

  /** The terms that are added a turn. */
  static final int TERMS = 2;

  /** The most terms that are added at once. */
  static final int MOST_DEPTH = 1024;

  private static final int DEPTH_MASK = 2 * MOST_DEPTH - 1;

  /** The most that an offset into packed operands may be. */
  static final int MOST_OFFSET = (1 << 30) - 1;

  /**
   * Whether loads are fenced: only where registers are few. On Arm, where there are many, a fence
   * would be an instruction.
   */
  private static final boolean FENCED = BlockSizes.MACHINE.tileRows() == MOST_ROWS;

  private RegisterTile() {}

  /**
   * The height of the next tile where {@code rows} are left.
   *
   * @param most the rows of the highest tile: 6, or 12 where there are {@link TallTile}s
   */
  static int height(int most, int rows) {
    if (rows <= MOST_ROWS) {
      return rows;
    }
    return most == TallTile.ROWS && rows >= TallTile.ROWS
        ? TallTile.ROWS
        : Math.ceilDiv(rows, Math.ceilDiv(rows, MOST_ROWS));
  }

  /**
   * Continues the sums of a tile of C by {@code depth} terms, in order: {@code c = fma(a[p], b[p],
   * c)}.
   *
   * @param height the rows of the tile: up to 6
   * @param depth a multiple of {@link #TERMS}, at most {@link #MOST_DEPTH}
   * @param a holds element (i, p) at {@code aOffset + p · COLUMN_STRIDE + i}; rows from the height
   *     up to 5 repeat the last one
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
      int c0,
      int cStride) {
    int terms = depth & DEPTH_MASK;
    int column = aOffset & MOST_OFFSET;
    int row = bOffset & MOST_OFFSET;
    int c1 = c0 + Math.min(1, height - 1) * cStride;
    int c2 = c0 + Math.min(2, height - 1) * cStride;
    int c3 = c0 + Math.min(3, height - 1) * cStride;
    int c4 = c0 + Math.min(4, height - 1) * cStride;
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
    }
    for (int p = 0; p < terms; p += TERMS) {
      int i = column + p * COLUMN_STRIDE;
      int j = row + p * COLUMNS;
      FloatVector left0 = fromArray(FLOATS, b, j);
      FloatVector right0 = fromArray(FLOATS, b, j + COUNT);
      FloatVector x00 = broadcast(FLOATS, a[i]);
      l0 = x00.fma(left0, l0);
      r0 = x00.fma(right0, r0);
      FloatVector x10 = broadcast(FLOATS, a[i + 1]);
      l1 = x10.fma(left0, l1);
      r1 = x10.fma(right0, r1);
      if (FENCED) {
        loadLoadFence();
      }
      FloatVector x20 = broadcast(FLOATS, a[i + 2]);
      l2 = x20.fma(left0, l2);
      r2 = x20.fma(right0, r2);
      FloatVector x30 = broadcast(FLOATS, a[i + 3]);
      l3 = x30.fma(left0, l3);
      r3 = x30.fma(right0, r3);
      if (FENCED) {
        loadLoadFence();
      }
      FloatVector x40 = broadcast(FLOATS, a[i + 4]);
      l4 = x40.fma(left0, l4);
      r4 = x40.fma(right0, r4);
      if (FENCED) {
        loadLoadFence();
      }
      FloatVector left1 = fromArray(FLOATS, b, j + COLUMNS);
      FloatVector right1 = fromArray(FLOATS, b, j + COLUMNS + COUNT);
      FloatVector x01 = broadcast(FLOATS, a[i + COLUMN_STRIDE]);
      l0 = x01.fma(left1, l0);
      r0 = x01.fma(right1, r0);
      FloatVector x11 = broadcast(FLOATS, a[i + COLUMN_STRIDE + 1]);
      l1 = x11.fma(left1, l1);
      r1 = x11.fma(right1, r1);
      if (FENCED) {
        loadLoadFence();
      }
      FloatVector x21 = broadcast(FLOATS, a[i + COLUMN_STRIDE + 2]);
      l2 = x21.fma(left1, l2);
      r2 = x21.fma(right1, r2);
      FloatVector x31 = broadcast(FLOATS, a[i + COLUMN_STRIDE + 3]);
      l3 = x31.fma(left1, l3);
      r3 = x31.fma(right1, r3);
      if (FENCED) {
        loadLoadFence();
      }
      FloatVector x41 = broadcast(FLOATS, a[i + COLUMN_STRIDE + 4]);
      l4 = x41.fma(left1, l4);
      r4 = x41.fma(right1, r4);
      if (FENCED) {
        loadLoadFence();
      }
    }
    l4.intoArray(c, c4);
    r4.intoArray(c, c4 + COUNT);
    l3.intoArray(c, c3);
    r3.intoArray(c, c3 + COUNT);
    l2.intoArray(c, c2);
    r2.intoArray(c, c2 + COUNT);
    l1.intoArray(c, c1);
    r1.intoArray(c, c1 + COUNT);
    l0.intoArray(c, c0);
    r0.intoArray(c, c0 + COUNT);
  }

  private static void sixRows(
      int depth,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      boolean first,
      float[] c,
      int c0,
      int cStride) {
    int terms = depth & DEPTH_MASK;
    int column = aOffset & MOST_OFFSET;
    int row = bOffset & MOST_OFFSET;
    int c1 = c0 + cStride;
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
    }
    for (int p = 0; p < terms; p += TERMS) {
      int i = column + p * COLUMN_STRIDE;
      int j = row + p * COLUMNS;
      FloatVector left0 = fromArray(FLOATS, b, j);
      FloatVector right0 = fromArray(FLOATS, b, j + COUNT);
      FloatVector x00 = broadcast(FLOATS, a[i]);
      l0 = x00.fma(left0, l0);
      r0 = x00.fma(right0, r0);
      FloatVector x10 = broadcast(FLOATS, a[i + 1]);
      l1 = x10.fma(left0, l1);
      r1 = x10.fma(right0, r1);
      if (FENCED) {
        loadLoadFence();
      }
      FloatVector x20 = broadcast(FLOATS, a[i + 2]);
      l2 = x20.fma(left0, l2);
      r2 = x20.fma(right0, r2);
      FloatVector x30 = broadcast(FLOATS, a[i + 3]);
      l3 = x30.fma(left0, l3);
      r3 = x30.fma(right0, r3);
      if (FENCED) {
        loadLoadFence();
      }
      FloatVector x40 = broadcast(FLOATS, a[i + 4]);
      l4 = x40.fma(left0, l4);
      r4 = x40.fma(right0, r4);
      FloatVector x50 = broadcast(FLOATS, a[i + 5]);
      l5 = x50.fma(left0, l5);
      r5 = x50.fma(right0, r5);
      if (FENCED) {
        loadLoadFence();
      }
      FloatVector left1 = fromArray(FLOATS, b, j + COLUMNS);
      FloatVector right1 = fromArray(FLOATS, b, j + COLUMNS + COUNT);
      FloatVector x01 = broadcast(FLOATS, a[i + COLUMN_STRIDE]);
      l0 = x01.fma(left1, l0);
      r0 = x01.fma(right1, r0);
      FloatVector x11 = broadcast(FLOATS, a[i + COLUMN_STRIDE + 1]);
      l1 = x11.fma(left1, l1);
      r1 = x11.fma(right1, r1);
      if (FENCED) {
        loadLoadFence();
      }
      FloatVector x21 = broadcast(FLOATS, a[i + COLUMN_STRIDE + 2]);
      l2 = x21.fma(left1, l2);
      r2 = x21.fma(right1, r2);
      FloatVector x31 = broadcast(FLOATS, a[i + COLUMN_STRIDE + 3]);
      l3 = x31.fma(left1, l3);
      r3 = x31.fma(right1, r3);
      if (FENCED) {
        loadLoadFence();
      }
      FloatVector x41 = broadcast(FLOATS, a[i + COLUMN_STRIDE + 4]);
      l4 = x41.fma(left1, l4);
      r4 = x41.fma(right1, r4);
      FloatVector x51 = broadcast(FLOATS, a[i + COLUMN_STRIDE + 5]);
      l5 = x51.fma(left1, l5);
      r5 = x51.fma(right1, r5);
      if (FENCED) {
        loadLoadFence();
      }
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
  }
}
