package org.lanewise.engine.matrix;

import org.jspecify.annotations.Nullable;

/**
 * The right operand of a matrix product as it lies, and packed already if it is constant.
 *
 * @param view the operand
 * @param panels the operand packed into panels of all its rows, or null to have each product pack
 *     it
 * @param depth the rows of the operand
 * @param row the row of the packed operand with which the view starts
 * @param column the column of the packed operand with which the view starts, a multiple of a panel
 */
record RightOperand(MatrixView view, float @Nullable [] panels, int depth, int row, int column) {
  /** An operand whose elements may change between products. */
  static RightOperand of(MatrixView view) {
    return new RightOperand(view, null, 0, 0, 0);
  }

  /** Packs an operand whose elements stay as they are, unless it is too large for an array. */
  static RightOperand packed(MatrixView view, int depth, int columns) {
    long panelLength = (long) RegisterTile.packedDepth(depth) * RegisterTile.COLUMNS;
    long length = Math.ceilDiv(columns, RegisterTile.COLUMNS) * panelLength;
    if (length > RegisterTile.MOST_OFFSET) {
      return of(view);
    }
    float[] panels = new float[(int) length];
    Packing.packB(
        depth,
        columns,
        view.array(),
        view.offset(),
        view.rowStride(),
        view.columnStride(),
        panels,
        0,
        (int) panelLength);
    return new RightOperand(view, panels, depth, 0, 0);
  }

  /** The operand from one of its rows and columns on, the first of a panel. */
  RightOperand from(int p, int j) {
    return new RightOperand(view.from(p, j), panels, depth, row + p, column + j);
  }

  /** How far the packed panels are apart. */
  int panelLength() {
    return RegisterTile.packedDepth(depth) * RegisterTile.COLUMNS;
  }

  /** Where in the packed operand the panel that starts at an element of the view is. */
  int at(int p, int j) {
    return (column + j) / RegisterTile.COLUMNS * panelLength() + (row + p) * RegisterTile.COLUMNS;
  }
}
