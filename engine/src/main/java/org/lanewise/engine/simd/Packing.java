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
  private Packing() {}

  /**
   * Packs a {@code rows × depth} block of A into panels of {@code tileRows} rows: element (i, p) of
   * a panel lies at {@code p · tileRows + i}.
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
    for (int i = 0; i < rows; i += tileRows) {
      int panel = i * depth;
      int filled = Math.min(tileRows, rows - i);
      int r = 0;
      for (; r + 4 <= filled; r += 4) {
        packFourRows(
            depth,
            a,
            offset + (i + r) * rowStride,
            rowStride,
            columnStride,
            panels,
            panel + r,
            tileRows);
      }
      for (; r < filled; r++) {
        packRow(depth, a, offset + (i + r) * rowStride, columnStride, panels, panel + r, tileRows);
      }
      for (; r < tileRows; r++) {
        for (int p = 0; p < depth; p++) {
          panels[panel + r + p * tileRows] = 0f;
        }
      }
    }
  }

  private static void packFourRows(
      int depth,
      float[] a,
      int offset,
      int rowStride,
      int columnStride,
      float[] panel,
      int panelOffset,
      int panelStride) {
    for (int p = 0; p < depth; p++) {
      int from = offset + p * columnStride;
      int to = panelOffset + p * panelStride;
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
  static void packB(
      int depth,
      int columns,
      float[] b,
      int offset,
      int rowStride,
      int columnStride,
      MemorySegment panels) {
    for (int j = 0; j < columns; j += RegisterTile.COLUMNS) {
      long panel = (long) j * depth * Float.BYTES;
      int filled = Math.min(RegisterTile.COLUMNS, columns - j);
      int from = offset + j * columnStride;
      if (filled == RegisterTile.COLUMNS && columnStride == 1) {
        packRowsOfB(depth, b, from, rowStride, panels, panel);
      } else {
        for (int v = 0; v < filled; v++) {
          packColumnOfB(
              depth, b, from + v * columnStride, rowStride, panels, panel + (long) v * Float.BYTES);
        }
        for (int v = filled; v < RegisterTile.COLUMNS; v++) {
          clearColumnOfB(depth, panels, panel + (long) v * Float.BYTES);
        }
      }
    }
  }

  private static void packRowsOfB(
      int depth, float[] b, int offset, int rowStride, MemorySegment panels, long panel) {
    for (int p = 0; p < depth; p++) {
      int from = offset + p * rowStride;
      long to = panel + (long) p * RegisterTile.PANEL_ROW_BYTES;
      FloatVector left = FloatVector.fromArray(Lanes.FLOATS, b, from);
      FloatVector right = FloatVector.fromArray(Lanes.FLOATS, b, from + Lanes.COUNT);
      left.intoMemorySegment(panels, to, nativeOrder());
      right.intoMemorySegment(panels, to + RegisterTile.VECTOR_BYTES, nativeOrder());
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
