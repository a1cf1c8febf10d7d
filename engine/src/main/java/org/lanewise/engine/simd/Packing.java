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
    for (int j = 0; j < columns; j += RegisterTile.COLUMNS) {
      long panel = (long) j * depth * Float.BYTES;
      int filled = Math.min(RegisterTile.COLUMNS, columns - j);
      if (filled == RegisterTile.COLUMNS && b.columnStride() == 1) {
        packRowsOfB(depth, b.array(), b.at(0, j), b.rowStride(), panels, panel);
      } else {
        int v = 0;
        for (; v + 4 <= filled; v += 4) {
          packFourColumnsOfB(
              depth,
              b.array(),
              b.at(0, j + v),
              b.rowStride(),
              b.columnStride(),
              panels,
              panel + (long) v * Float.BYTES);
        }
        for (; v < filled; v++) {
          packColumnOfB(
              depth,
              b.array(),
              b.at(0, j + v),
              b.rowStride(),
              panels,
              panel + (long) v * Float.BYTES);
        }
        for (; v < RegisterTile.COLUMNS; v++) {
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
