package org.lanewise.engine.matrix;

import org.lanewise.engine.vector.Lanes;
import org.lanewise.engine.vector.VectorSupport;

/**
 * The sizes that divide a packed matrix product into blocks that stay in the caches.
 *
 * <p>A tile reads its rows of A and a panel of B once and in order, so that the second-level cache
 * can supply them: a block of A takes about half of it, or a block of B ({@code depth × columns})
 * that is small. A large one stays in the last level. The deeper the blocks, the less often C is
 * read and written. No result depends on any of these sizes.
 *
 * @param tileRows the rows of the highest register tile: 6 or 12
 * @param depth the most terms of a sum between two visits of the same elements of C
 * @param columns the most columns of B packed at once
 * @param resident the most elements of a block of A or B that stays in the second-level cache
 * @param direct the most multiplications of a product that is not worth packing where the rows of
 *     both operands are contiguous
 */
record BlockSizes(int tileRows, int depth, int columns, int resident, int direct) {
  BlockSizes {
    if (depth > RegisterTile.MOST_DEPTH) {
      throw new IllegalArgumentException(
          "block sizes: expected a depth of at most " + RegisterTile.MOST_DEPTH + ", was " + depth);
    }
  }

  /** For 16 vector registers: 12 sums. */
  static final BlockSizes SIXTEEN_REGISTERS = new BlockSizes(6, 1024, 1024, 1 << 16, 1 << 14);

  /** For 32 vector registers: 24 sums. */
  static final BlockSizes THIRTY_TWO_REGISTERS = new BlockSizes(12, 384, 2048, 184_320, 1 << 18);

  /**
   * The sizes for this machine. The JDK does not tell how many vector registers there are, so it is
   * inferred: 64-bit Arm has 32, and so has every x86 with 512-bit lanes.
   */
  static final BlockSizes MACHINE =
      columnsOfTile() == 32 || System.getProperty("os.arch").equals("aarch64")
          ? THIRTY_TWO_REGISTERS
          : SIXTEEN_REGISTERS;

  /** The same with blocks of another depth. */
  BlockSizes depth(int newDepth) {
    return new BlockSizes(tileRows, newDepth, columns, resident, direct);
  }

  /** The columns of a register tile. */
  static final int TILE_COLUMNS = columnsOfTile();

  private static int columnsOfTile() {
    return VectorSupport.isAvailable() ? 2 * Lanes.COUNT : 16;
  }

  /** A product of at most this many multiplications is not worth packing, whatever its operands. */
  static final long DIRECT_VOLUME = 1 << 14;

  /**
   * Packing B is not worth while for at most this many rows of A, which is how often its elements
   * are used.
   */
  static final int DIRECT_ROWS = 10;

  /** Another thread is worth waking for this many multiplications: tens of microseconds of work. */
  static final long PARALLEL_VOLUME = 1 << 20;

  /** A depth as it is packed: whole turns of the register tile. */
  static int packedDepth(int depth) {
    return Math.ceilDiv(depth, RegisterTile.TERMS) * RegisterTile.TERMS;
  }

  /**
   * The block size that divides {@code length} into the fewest blocks of at most {@code limit}, all
   * about equally large.
   *
   * @param multiple the block size is rounded up to a multiple of this
   */
  static int evenly(int length, int limit, int multiple) {
    int blocks = Math.ceilDiv(length, limit);
    return Math.ceilDiv(Math.ceilDiv(length, blocks), multiple) * multiple;
  }
}
