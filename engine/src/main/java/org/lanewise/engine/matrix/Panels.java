package org.lanewise.engine.matrix;

import org.jspecify.annotations.Nullable;

/**
 * A right operand that stays as it is, packed into panels of all its rows when the first product
 * needs it that is computed with vectors.
 */
final class Panels {
  private final MatrixView view;
  private final int depth;
  private final int columns;
  private volatile float @Nullable [] array;

  private Panels(MatrixView view, int depth, int columns) {
    this.view = view;
    this.depth = depth;
    this.columns = columns;
  }

  /** The panels of an operand; null if it is too large for an array. */
  static @Nullable Panels of(MatrixView view, int depth, int columns) {
    long length =
        (long) BlockSizes.packedDepth(depth)
            * BlockSizes.TILE_COLUMNS
            * Math.ceilDiv(columns, BlockSizes.TILE_COLUMNS);
    return length > RegisterTile.MOST_OFFSET ? null : new Panels(view, depth, columns);
  }

  /** How far panels are apart. */
  int length() {
    return Packing.panelLength(depth);
  }

  /** Where the panel that has an element starts, at the element's row. */
  int at(int row, int column) {
    return column / RegisterTile.COLUMNS * length() + row * RegisterTile.COLUMNS;
  }

  /** The packed operand. */
  float[] array() {
    float[] packed = array;
    return packed == null ? pack() : packed;
  }

  private synchronized float[] pack() {
    float[] packed = array;
    if (packed == null) {
      packed = new float[Math.ceilDiv(columns, RegisterTile.COLUMNS) * length()];
      Packing.packB(view, 0, 0, depth, columns, packed);
      array = packed;
    }
    return packed;
  }
}
