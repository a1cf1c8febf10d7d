package org.lanewise.engine.matrix;

import static jdk.incubator.vector.FloatVector.fromArray;
import static org.lanewise.engine.matrix.RegisterTile.COLUMNS;
import static org.lanewise.engine.matrix.RegisterTile.COLUMN_STRIDE;
import static org.lanewise.engine.matrix.RegisterTile.FEWER_ROWS;
import static org.lanewise.engine.vector.Lanes.COUNT;
import static org.lanewise.engine.vector.Lanes.FLOATS;
import static org.lanewise.engine.vector.Lanes.FOUR_FLOATS;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * Copies blocks of the operands of a matrix product so that the register tile reads them in order.
 * Elements of a copy that lie beyond the operand hold any numbers, if nothing else is said: results
 * made of them are dropped.
 */
final class Packing {
  /** Lines transposed side by side: a divisor of a panel's columns for every lane width. */
  private static final int LINES = 4;

  private static final VectorShuffle<Float> SWAP_LANES =
      VectorShuffle.fromOp(FOUR_FLOATS, lane -> lane ^ 1);

  private static final VectorShuffle<Float> SWAP_PAIRS =
      VectorShuffle.fromOp(FOUR_FLOATS, lane -> lane ^ 2);

  private static final VectorMask<Float> ODD_LANES = VectorMask.fromLong(FOUR_FLOATS, 0b1010);

  private static final VectorMask<Float> UPPER_PAIR = VectorMask.fromLong(FOUR_FLOATS, 0b1100);

  /**
   * The class of vectors of four floats. Where the compiler does not see the class of a vector, it
   * expects the one that it mostly saw in {@code intoArray}, which is that of the full width; it
   * corrects itself, but may leave the vector on the heap. A cast tells it the class.
   */
  private static final Class<? extends FloatVector> FOUR =
      FOUR_FLOATS.vectorType().asSubclass(FloatVector.class);

  private Packing() {}

  /**
   * Packs some rows of A, or parts of them, for a tile of up to 6 rows: element (i, p) lies at
   * {@code p · COLUMN_STRIDE + i}. Rows beyond, up to 5, repeat the last one.
   *
   * @param a one of its strides is 1
   * @param i the first row
   * @param p the first column
   * @param to where the packed columns start
   */
  static void packA(MatrixView a, int i, int p, int rows, int depth, float[] packed, int to) {
    if (a.columnStride() == 1) {
      for (int line = 0; line < FEWER_ROWS; line += LINES) {
        int first = Math.min(line, rows - 1);
        int last = Math.min(rows - 1 - first, LINES - 1);
        transposeLines(
            depth,
            last,
            a.array(),
            a.at(i + first, p),
            a.rowStride(),
            packed,
            to + line,
            COLUMN_STRIDE);
      }
    } else {
      copyColumns(rows, depth, a.array(), a.at(i, p), a.columnStride(), packed, to);
    }
    // The products of what is beyond the depth are -0, which changes no sum.
    int end = to + BlockSizes.packedDepth(depth) * COLUMN_STRIDE;
    Arrays.fill(packed, to + depth * COLUMN_STRIDE, end, -0f);
  }

  /** Contiguous columns of A. */
  private static void copyColumns(
      int rows, int depth, float[] a, int offset, int columnStride, float[] packed, int to) {
    int whole = 0;
    if (rows >= FEWER_ROWS) {
      // The vectors of the last columns may lie partly beyond the end of the array.
      long room = (long) a.length - offset - COLUMN_STRIDE;
      whole = Math.clamp(Math.floorDiv(room, columnStride) + 1, 0, depth);
      copyVectors(whole, a, offset, columnStride, packed, to);
    }
    for (int p = whole; p < depth; p++) {
      int from = offset + p * columnStride;
      int at = to + p * COLUMN_STRIDE;
      for (int i = 0; i < Math.max(rows, FEWER_ROWS); i++) {
        packed[at + i] = a[from + Math.min(i, rows - 1)];
      }
    }
  }

  private static void copyVectors(
      int count, float[] x, int offset, int stride, float[] packed, int to) {
    for (int p = 0; p < count; p++) {
      int from = offset + p * stride;
      int at = to + p * COLUMN_STRIDE;
      for (int v = 0; v < COLUMN_STRIDE; v += COUNT) {
        fromArray(FLOATS, x, from + v).intoArray(packed, at + v);
      }
    }
  }

  /** How far panels of B of a depth are apart. */
  static int panelLength(int depth) {
    return BlockSizes.packedDepth(depth) * COLUMNS;
  }

  /**
   * Packs a {@code depth × columns} block of B into panels of {@link RegisterTile#COLUMNS} columns,
   * {@link #panelLength} apart: element (p, j) of a panel lies at {@code p · COLUMNS + j}.
   *
   * @param b one of its strides is 1
   * @param p the first row
   * @param j the first column
   */
  static void packB(MatrixView b, int p, int j, int depth, int columns, float[] panels) {
    int length = panelLength(depth);
    int count = Math.ceilDiv(columns, COLUMNS);
    for (int q = 0; q < count; q++) {
      Arrays.fill(panels, q * length + depth * COLUMNS, (q + 1) * length, 0f);
    }
    float[] x = b.array();
    int offset = b.at(p, j);
    int stride = b.columnStride();
    if (stride != 1) {
      for (int q = 0; q < columns; q += LINES) {
        int panel = q / COLUMNS * length + q % COLUMNS;
        int last = Math.min(LINES, columns - q) - 1;
        transposeLines(depth, last, x, offset + q * stride, stride, panels, panel, COLUMNS);
      }
      return;
    }
    // The vectors of the last rows may lie partly beyond the end of the array.
    long room = (long) x.length - offset - (long) count * COLUMNS;
    int whole = Math.clamp(Math.floorDiv(room, b.rowStride()) + 1, 0, depth);
    copyRows(whole, count, x, offset, b.rowStride(), panels, length);
    for (int row = whole; row < depth; row++) {
      int from = b.at(p + row, j);
      for (int q = 0; q < columns; q += COLUMNS) {
        int to = q / COLUMNS * length + row * COLUMNS;
        System.arraycopy(x, from + q, panels, to, Math.min(COLUMNS, columns - q));
      }
    }
  }

  /** In the order of B, because caches are filled ahead only where memory is read in order. */
  private static void copyRows(
      int depth, int count, float[] b, int offset, int rowStride, float[] panels, int panelLength) {
    for (int p = 0; p < depth; p++) {
      int from = offset + p * rowStride;
      int row = p * COLUMNS;
      for (int q = 0; q < count; q++) {
        int left = from + q * COLUMNS;
        int packed = row + q * panelLength;
        fromArray(FLOATS, b, left).intoArray(panels, packed);
        fromArray(FLOATS, b, left + COUNT).intoArray(panels, packed + COUNT);
      }
    }
  }

  /**
   * Up to four contiguous lines side by side: element p of a line goes to {@code to + p · stride +
   * line}. Lines beyond the last repeat it.
   */
  private static void transposeLines(
      int depth, int last, float[] x, int line0, int lineStride, float[] y, int to, int stride) {
    int line1 = line0 + Math.min(1, last) * lineStride;
    int line2 = line0 + Math.min(2, last) * lineStride;
    int line3 = line0 + last * lineStride;
    int p = 0;
    for (; p <= depth - LINES; p += LINES) {
      transpose(x, line0 + p, line1 + p, line2 + p, line3 + p, y, to + p * stride, stride);
    }
    for (; p < depth; p++) {
      int at = to + p * stride;
      y[at] = x[line0 + p];
      y[at + 1] = x[line1 + p];
      y[at + 2] = x[line2 + p];
      y[at + 3] = x[line3 + p];
    }
  }

  /**
   * Transposes four lines of four elements: neighbouring lanes of neighbouring lines meet, then
   * pairs of lanes.
   */
  private static void transpose(
      float[] x, int line0, int line1, int line2, int line3, float[] y, int to, int stride) {
    FloatVector x0 = fromArray(FOUR_FLOATS, x, line0);
    FloatVector x1 = fromArray(FOUR_FLOATS, x, line1);
    FloatVector x2 = fromArray(FOUR_FLOATS, x, line2);
    FloatVector x3 = fromArray(FOUR_FLOATS, x, line3);
    FloatVector even01 = x0.blend(x1.rearrange(SWAP_LANES), ODD_LANES);
    FloatVector odd01 = x0.rearrange(SWAP_LANES).blend(x1, ODD_LANES);
    FloatVector even23 = x2.blend(x3.rearrange(SWAP_LANES), ODD_LANES);
    FloatVector odd23 = x2.rearrange(SWAP_LANES).blend(x3, ODD_LANES);
    FOUR.cast(even01.blend(even23.rearrange(SWAP_PAIRS), UPPER_PAIR)).intoArray(y, to);
    FOUR.cast(odd01.blend(odd23.rearrange(SWAP_PAIRS), UPPER_PAIR)).intoArray(y, to + stride);
    FOUR.cast(even01.rearrange(SWAP_PAIRS).blend(even23, UPPER_PAIR)).intoArray(y, to + 2 * stride);
    FOUR.cast(odd01.rearrange(SWAP_PAIRS).blend(odd23, UPPER_PAIR)).intoArray(y, to + 3 * stride);
  }
}
