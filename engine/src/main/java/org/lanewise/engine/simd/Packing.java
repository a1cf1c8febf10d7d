package org.lanewise.engine.simd;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.nio.ByteOrder.nativeOrder;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * Copies blocks of the operands of a matrix product into panels that the register tile reads in
 * order, whatever the strides of the operands. A panel that the operand does not fill is filled up
 * with zeros.
 */
final class Packing {
  private static final int PANELS_AT_ONCE = 4;

  private Packing() {}

  /**
   * Packs a {@code rows × depth} block of A into panels of {@code tileRows} rows: element (i, p) of
   * a panel lies at {@code p · tileRows + i}.
   */
  static void packA(int rows, int depth, int tileRows, MatrixView a, float[] panels) {
    for (int i = 0; i < rows; i += tileRows) {
      int panel = i * depth;
      int filled = Math.min(tileRows, rows - i);
      int packed = packRows(filled, depth, tileRows, a.from(i, 0), panels, panel);
      for (int r = packed; r < filled; r++) {
        packRow(depth, a.array(), a.at(i + r, 0), a.columnStride(), panels, panel + r, tileRows);
      }
      for (int r = filled; r < tileRows; r++) {
        for (int p = 0; p < depth; p++) {
          panels[panel + r + p * tileRows] = 0f;
        }
      }
    }
  }

  /**
   * Packs rows of a panel several at a time, and returns how many: all of a full one. The height of
   * the panel is written as a constant in each loop, which nearly halves its time.
   */
  private static int packRows(
      int filled, int depth, int tileRows, MatrixView a, float[] panel, int panelOffset) {
    int r = 0;
    if (tileRows == 5 && filled == 5) {
      packFiveRows(
          depth, a.array(), a.offset(), a.rowStride(), a.columnStride(), panel, panelOffset);
      r = 5;
    } else if (tileRows == 12) {
      for (; r + 4 <= filled; r += 4) {
        packFourRowsOfTwelve(
            depth, a.array(), a.at(r, 0), a.rowStride(), a.columnStride(), panel, panelOffset + r);
      }
    }
    return r;
  }

  private static void packFiveRows(
      int depth,
      float[] a,
      int offset,
      int rowStride,
      int columnStride,
      float[] panel,
      int panelOffset) {
    for (int p = 0; p < depth; p++) {
      int from = offset + p * columnStride;
      int to = panelOffset + p * 5;
      panel[to] = a[from];
      panel[to + 1] = a[from + rowStride];
      panel[to + 2] = a[from + 2 * rowStride];
      panel[to + 3] = a[from + 3 * rowStride];
      panel[to + 4] = a[from + 4 * rowStride];
    }
  }

  private static void packFourRowsOfTwelve(
      int depth,
      float[] a,
      int offset,
      int rowStride,
      int columnStride,
      float[] panel,
      int panelOffset) {
    for (int p = 0; p < depth; p++) {
      int from = offset + p * columnStride;
      int to = panelOffset + p * 12;
      panel[to] = a[from];
      panel[to + 1] = a[from + rowStride];
      panel[to + 2] = a[from + 2 * rowStride];
      panel[to + 3] = a[from + 3 * rowStride];
    }
  }

  private static void packRow(
      int depth,
      float[] a,
      int offset,
      int columnStride,
      float[] panel,
      int panelOffset,
      int panelStride) {
    for (int p = 0; p < depth; p++) {
      panel[panelOffset + p * panelStride] = a[offset + p * columnStride];
    }
  }

  /**
   * Packs a {@code depth × columns} block of B into panels of {@link RegisterTile#COLUMNS} columns:
   * element (p, j) of a panel lies at {@code p · COLUMNS + j}.
   */
  static void packB(int depth, int columns, MatrixView b, MemorySegment panels) {
    int j = 0;
    if (b.columnStride() == 1) {
      for (int whole = columns / RegisterTile.COLUMNS; whole > 0; whole -= PANELS_AT_ONCE) {
        int count = Math.min(PANELS_AT_ONCE, whole);
        packPanelsOfB(
            depth,
            count,
            b.array(),
            b.at(0, j),
            b.rowStride(),
            panels,
            (long) j * depth * Float.BYTES);
        j += count * RegisterTile.COLUMNS;
      }
    }
    for (; j < columns; j += RegisterTile.COLUMNS) {
      int filled = Math.min(RegisterTile.COLUMNS, columns - j);
      packColumnsOfB(depth, filled, b.from(0, j), panels, (long) j * depth * Float.BYTES);
    }
  }

  /**
   * Several panels side by side, so that a visit of a row of B takes more than one cache line from
   * it.
   */
  private static void packPanelsOfB(
      int depth, int count, float[] b, int offset, int rowStride, MemorySegment panels, long to) {
    long panelBytes = (long) depth * RegisterTile.PANEL_ROW_BYTES;
    for (int p = 0; p < depth; p++) {
      int from = offset + p * rowStride;
      long row = to + (long) p * RegisterTile.PANEL_ROW_BYTES;
      for (int q = 0; q < count; q++) {
        int left = from + q * RegisterTile.COLUMNS;
        long packed = row + q * panelBytes;
        FloatVector.fromArray(Lanes.FLOATS, b, left)
            .intoMemorySegment(panels, packed, nativeOrder());
        FloatVector.fromArray(Lanes.FLOATS, b, left + Lanes.COUNT)
            .intoMemorySegment(panels, packed + RegisterTile.VECTOR_BYTES, nativeOrder());
      }
    }
  }

  /** One panel, column by column. */
  private static void packColumnsOfB(
      int depth, int filled, MatrixView b, MemorySegment panels, long panel) {
    int v = 0;
    for (; v + 4 <= filled; v += 4) {
      packFourColumnsOfB(
          depth,
          b.array(),
          b.at(0, v),
          b.rowStride(),
          b.columnStride(),
          panels,
          panel + (long) v * Float.BYTES);
    }
    for (; v < filled; v++) {
      packColumnOfB(
          depth, b.array(), b.at(0, v), b.rowStride(), panels, panel + (long) v * Float.BYTES);
    }
    for (; v < RegisterTile.COLUMNS; v++) {
      clearColumnOfB(depth, panels, panel + (long) v * Float.BYTES);
    }
  }

  private static void packFourColumnsOfB(
      int depth,
      float[] b,
      int offset,
      int rowStride,
      int columnStride,
      MemorySegment panels,
      long to) {
    for (int p = 0; p < depth; p++) {
      int from = offset + p * rowStride;
      long row = to + (long) p * RegisterTile.PANEL_ROW_BYTES;
      panels.set(JAVA_FLOAT, row, b[from]);
      panels.set(JAVA_FLOAT, row + Float.BYTES, b[from + columnStride]);
      panels.set(JAVA_FLOAT, row + 2 * Float.BYTES, b[from + 2 * columnStride]);
      panels.set(JAVA_FLOAT, row + 3 * Float.BYTES, b[from + 3 * columnStride]);
    }
  }

  private static void packColumnOfB(
      int depth, float[] b, int offset, int rowStride, MemorySegment panels, long to) {
    for (int p = 0; p < depth; p++) {
      panels.set(
          JAVA_FLOAT, to + (long) p * RegisterTile.PANEL_ROW_BYTES, b[offset + p * rowStride]);
    }
  }

  private static void clearColumnOfB(int depth, MemorySegment panels, long to) {
    for (int p = 0; p < depth; p++) {
      panels.set(JAVA_FLOAT, to + (long) p * RegisterTile.PANEL_ROW_BYTES, 0f);
    }
  }
}
