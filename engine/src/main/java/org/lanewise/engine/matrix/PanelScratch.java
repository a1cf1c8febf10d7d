package org.lanewise.engine.matrix;

import org.lanewise.engine.parallel.PerThread;

/** The packing memory of one thread: grown on demand, kept for the next product. */
final class PanelScratch {
  private static final PerThread<PanelScratch> CURRENT = new PerThread<>(PanelScratch::new);

  private float[] a = {};
  private float[] b = {};
  private float[] tile = {};

  private PanelScratch() {}

  /** The scratch of the calling thread. */
  static PanelScratch current() {
    return CURRENT.get();
  }

  /** An array of at least {@code length} floats for a copy of A, with any content. */
  float[] a(int length) {
    if (a.length < length) {
      a = new float[length];
    }
    return a;
  }

  /** An array of at least {@code length} floats for a copy of B, with any content. */
  float[] b(int length) {
    if (b.length < length) {
      b = new float[length];
    }
    return b;
  }

  /** An array of at least {@code length} floats for one register tile, with any content. */
  float[] tile(int length) {
    if (tile.length < length) {
      tile = new float[length];
    }
    return tile;
  }
}
