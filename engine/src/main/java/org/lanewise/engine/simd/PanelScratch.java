package org.lanewise.engine.simd;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The packing memory of one thread: grown on demand, kept for the next product.
 *
 * <p>The panels of B lie outside the heap because only there can they start at a cache line: a
 * vector load that straddles two lines costs twice. Elements of A are loaded one at a time, so a
 * plain array serves.
 */
final class PanelScratch {
  private static final ThreadLocal<PanelScratch> CURRENT =
      ThreadLocal.withInitial(PanelScratch::new);

  /** The bytes of a cache line, where panels start. */
  static final int LINE_BYTES = 64;

  private float[] a = {};
  private float[] rowsOfB = {};
  private float[] tile = {};
  private MemorySegment b = MemorySegment.NULL;

  private PanelScratch() {}

  /** The scratch of the calling thread. */
  static PanelScratch current() {
    return CURRENT.get();
  }

  /** An array of at least {@code length} floats for panels of A, with any content. */
  float[] a(int length) {
    if (a.length < length) {
      a = new float[length];
    }
    return a;
  }

  /** An array of at least {@code length} floats for a copy of a small B, with any content. */
  float[] rowsOfB(int length) {
    if (rowsOfB.length < length) {
      rowsOfB = new float[length];
    }
    return rowsOfB;
  }

  /** An array of at least {@code length} floats for one register tile, with any content. */
  float[] tile(int length) {
    if (tile.length < length) {
      tile = new float[length];
    }
    return tile;
  }

  /**
   * Memory for at least {@code length} floats of B that starts at a cache line, with any content.
   */
  MemorySegment b(int length) {
    long bytes = (long) length * Float.BYTES;
    if (b.byteSize() < bytes) {
      b = Arena.ofAuto().allocate(bytes, LINE_BYTES);
    }
    return b;
  }
}
