package org.lanewise.engine.simd;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.nio.ByteOrder.nativeOrder;
import static org.lanewise.engine.simd.Lanes.COUNT;
import static org.lanewise.engine.simd.Lanes.FLOATS;
import static org.lanewise.engine.simd.RegisterTile.COLUMNS;
import static org.lanewise.engine.simd.RegisterTile.PANEL_ROW_BYTES;
import static org.lanewise.engine.simd.RegisterTile.VECTOR_BYTES;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * Copies blocks of the operands of a matrix product into panels that the register tile reads in
 * order, whatever the strides of the operands. What a panel has beyond the operand holds any
 * numbers: the results made of them are dropped.
 */
final class Packing {
  /** Columns packed side by side: a divisor of a panel's columns for every lane width. */
  private static final int COLUMNS_AT_ONCE = 8;

  private Packing() {}

  /**
   * Packs a {@code rows × depth} block of A into panels of {@code tileRows} rows: element (i, p) of
   * a panel lies at {@code p · panelStride(tileRows) + i}.
   *
   * @param offset where the block starts in {@code a}
   */
  static void packA(
      int rows,
      int depth,
      int tileRows,
      float[] a,
      int offset,
      int rowStride,
      int columnStride,
      float[] panels) {
    int stride = RegisterTile.panelStride(tileRows);
    int panel = 0;
    for (int i = 0; i < rows; i += tileRows) {
      int from = offset + i * rowStride;
      long end = from + (depth - 1L) * columnStride + stride;
      if (rowStride == 1 && stride % COUNT == 0 && end <= a.length) {
        copyColumns(depth, stride, a, from, columnStride, panels, panel);
      } else if (columnStride == 1) {
        // Rows that are not there repeat the last one that is.
        int last = Math.min(tileRows, rows - i) - 1;
        for (int r = 0; r < tileRows; r += 6) {
          int r0 = from + Math.min(r, last) * rowStride;
          int r1 = from + Math.min(r + 1, last) * rowStride;
          int r2 = from + Math.min(r + 2, last) * rowStride;
          int r3 = from + Math.min(r + 3, last) * rowStride;
          int r4 = from + Math.min(r + 4, last) * rowStride;
          int r5 = from + Math.min(r + 5, last) * rowStride;
          if (stride == 8) {
            packSixRows(depth, a, r0, r1, r2, r3, r4, r5, panels, panel + r);
          } else {
            packHalfOfTwelve(depth, a, r0, r1, r2, r3, r4, r5, panels, panel + r);
          }
        }
      } else {
        for (int r = 0; r < Math.min(tileRows, rows - i); r++) {
          packRow(depth, a, from + r * rowStride, columnStride, panels, panel + r, stride);
        }
      }
      panel += depth * stride;
    }
  }

  private static void copyColumns(
      int depth, int stride, float[] a, int from, int columnStride, float[] panel, int to) {
    for (int v = 0; v < stride; v += COUNT) {
      for (int p = 0; p < depth; p++) {
        FloatVector.fromArray(FLOATS, a, from + v + p * columnStride)
            .intoArray(panel, to + v + p * stride);
      }
    }
  }

  /** As {@link #packHalfOfTwelve}: strides written as constants halve the time. */
  private static void packSixRows(
      int depth,
      float[] a,
      int r0,
      int r1,
      int r2,
      int r3,
      int r4,
      int r5,
      float[] panel,
      int panelOffset) {
    for (int p = 0; p < depth; p++) {
      int to = panelOffset + p * 8;
      panel[to] = a[r0 + p];
      panel[to + 1] = a[r1 + p];
      panel[to + 2] = a[r2 + p];
      panel[to + 3] = a[r3 + p];
      panel[to + 4] = a[r4 + p];
      panel[to + 5] = a[r5 + p];
    }
  }

  private static void packHalfOfTwelve(
      int depth,
      float[] a,
      int r0,
      int r1,
      int r2,
      int r3,
      int r4,
      int r5,
      float[] panel,
      int panelOffset) {
    for (int p = 0; p < depth; p++) {
      int to = panelOffset + p * 12;
      panel[to] = a[r0 + p];
      panel[to + 1] = a[r1 + p];
      panel[to + 2] = a[r2 + p];
      panel[to + 3] = a[r3 + p];
      panel[to + 4] = a[r4 + p];
      panel[to + 5] = a[r5 + p];
    }
  }

  private static void packRow(
      int depth, float[] a, int from, int columnStride, float[] panel, int to, int stride) {
    for (int p = 0; p < depth; p++) {
      panel[to + p * stride] = a[from + p * columnStride];
    }
  }

  /**
   * Packs a {@code depth × columns} block of B into panels of {@link RegisterTile#COLUMNS} columns:
   * element (p, j) of a panel lies at {@code p · COLUMNS + j}.
   *
   * @param offset where the block starts in {@code b}
   * @param to where the first panel starts, in bytes
   * @param panelBytes how far panels are apart
   */
  static void packB(
      int depth,
      int columns,
      float[] b,
      int offset,
      int rowStride,
      int columnStride,
      MemorySegment panels,
      long to,
      long panelBytes) {
    if (columnStride != 1) {
      for (int j = 0; j < columns; j += COLUMNS_AT_ONCE) {
        long panel = to + j / COLUMNS * panelBytes + (long) (j % COLUMNS) * Float.BYTES;
        int left = offset + j * columnStride;
        int last = Math.min(COLUMNS_AT_ONCE, columns - j) - 1;
        if (rowStride == 1) {
          packEightColumns(depth, b, left, columnStride, last, panels, panel);
        } else {
          for (int q = 0; q <= last; q++) {
            long column = panel + (long) q * Float.BYTES;
            packColumn(depth, b, left + q * columnStride, rowStride, panels, column);
          }
        }
      }
      return;
    }
    int count = Math.ceilDiv(columns, COLUMNS);
    // The vectors of the last rows may lie partly beyond the end of the array.
    long room = (long) b.length - offset - (long) count * COLUMNS;
    int whole = Math.clamp(Math.floorDiv(room, rowStride) + 1, 0, depth);
    copyRows(whole, count, b, offset, rowStride, panels, to, panelBytes);
    for (int p = whole; p < depth; p++) {
      long row = to + (long) p * PANEL_ROW_BYTES;
      for (int j = 0; j < columns; j++) {
        long at = row + j / COLUMNS * panelBytes + (long) (j % COLUMNS) * Float.BYTES;
        panels.set(JAVA_FLOAT, at, b[offset + p * rowStride + j]);
      }
    }
  }

  /** Panels side by side, so that a visit of a row of B takes more than one cache line from it. */
  private static void copyRows(
      int depth,
      int count,
      float[] b,
      int offset,
      int rowStride,
      MemorySegment panels,
      long to,
      long panelBytes) {
    for (int p = 0; p < depth; p++) {
      int from = offset + p * rowStride;
      long row = to + (long) p * PANEL_ROW_BYTES;
      for (int q = 0; q < count; q++) {
        int left = from + q * COLUMNS;
        long packed = row + q * panelBytes;
        FloatVector.fromArray(FLOATS, b, left).intoMemorySegment(panels, packed, nativeOrder());
        FloatVector.fromArray(FLOATS, b, left + COUNT)
            .intoMemorySegment(panels, packed + VECTOR_BYTES, nativeOrder());
      }
    }
  }

  /** Columns that are contiguous; those that are not there repeat the last one that is. */
  private static void packEightColumns(
      int depth,
      float[] b,
      int column0,
      int columnStride,
      int last,
      MemorySegment panels,
      long to) {
    int column1 = column0 + Math.min(1, last) * columnStride;
    int column2 = column0 + Math.min(2, last) * columnStride;
    int column3 = column0 + Math.min(3, last) * columnStride;
    int column4 = column0 + Math.min(4, last) * columnStride;
    int column5 = column0 + Math.min(5, last) * columnStride;
    int column6 = column0 + Math.min(6, last) * columnStride;
    int column7 = column0 + Math.min(7, last) * columnStride;
    for (int p = 0; p < depth; p++) {
      long row = to + (long) p * PANEL_ROW_BYTES;
      panels.set(JAVA_FLOAT, row, b[column0 + p]);
      panels.set(JAVA_FLOAT, row + Float.BYTES, b[column1 + p]);
      panels.set(JAVA_FLOAT, row + 2 * Float.BYTES, b[column2 + p]);
      panels.set(JAVA_FLOAT, row + 3 * Float.BYTES, b[column3 + p]);
      panels.set(JAVA_FLOAT, row + 4 * Float.BYTES, b[column4 + p]);
      panels.set(JAVA_FLOAT, row + 5 * Float.BYTES, b[column5 + p]);
      panels.set(JAVA_FLOAT, row + 6 * Float.BYTES, b[column6 + p]);
      panels.set(JAVA_FLOAT, row + 7 * Float.BYTES, b[column7 + p]);
    }
  }

  private static void packColumn(
      int depth, float[] b, int offset, int rowStride, MemorySegment panels, long to) {
    for (int p = 0; p < depth; p++) {
      panels.set(JAVA_FLOAT, to + (long) p * PANEL_ROW_BYTES, b[offset + p * rowStride]);
    }
  }
}
