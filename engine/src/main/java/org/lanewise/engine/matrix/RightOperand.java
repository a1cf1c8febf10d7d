package org.lanewise.engine.matrix;

import org.jspecify.annotations.Nullable;

/**
 * The right operand of a matrix product as it lies, and the panels of a constant one.
 *
 * @param view the operand
 * @param panels the packed operand, or null to have each product pack it
 * @param row the row of the packed operand with which the view starts
 * @param column the column of the packed operand with which the view starts, a multiple of a panel
 */
record RightOperand(MatrixView view, @Nullable Panels panels, int row, int column) {
  /** An operand whose elements may change between products. */
  static RightOperand of(MatrixView view) {
    return new RightOperand(view, null, 0, 0);
  }

  /** An operand whose elements stay as they are; packed once, unless it is too large. */
  static RightOperand packed(MatrixView view, int depth, int columns) {
    return new RightOperand(view, Panels.of(view, depth, columns), 0, 0);
  }

  /** The operand from one of its rows and columns on, the first of a panel. */
  RightOperand from(int p, int j) {
    return new RightOperand(view.from(p, j), panels, row + p, column + j);
  }
}
