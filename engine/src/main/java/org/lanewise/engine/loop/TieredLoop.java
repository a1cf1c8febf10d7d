package org.lanewise.engine.loop;

import java.lang.ref.SoftReference;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lanewise.engine.vector.Tiers;

/**
 * The two tiers of a loop: plain loops over tiles, and one loop of vectors in bytecode, assembled
 * for its code. Equal codes share both, whatever program they are in.
 */
public final class TieredLoop implements LoopBody {
  private static final Map<LoopCode, SoftReference<TieredLoop>> KNOWN = new HashMap<>();

  private final LoopCode code;
  private final LoopBody scalars;
  private final Tiers tiers;

  /** The loop of vectors, once it is needed. */
  private @Nullable LoopBody vectors;

  private TieredLoop(LoopCode code) {
    this.code = code;
    scalars = new TileLoop(code);
    tiers = new Tiers(() -> new LoopContest(code, scalars, vectors()));
  }

  /** The loop of a code. */
  static TieredLoop of(LoopCode code) {
    synchronized (KNOWN) {
      SoftReference<TieredLoop> reference = KNOWN.get(code);
      TieredLoop known = reference == null ? null : reference.get();
      if (known == null) {
        KNOWN.values().removeIf(each -> each.get() == null);
        known = new TieredLoop(code);
        KNOWN.put(code, new SoftReference<>(known));
      }
      return known;
    }
  }

  /**
   * Which tier runs.
   *
   * @return the tiers
   */
  public Tiers tiers() {
    return tiers;
  }

  private LoopBody vectors() {
    LoopBody body = vectors;
    return body == null ? assemble() : body;
  }

  private synchronized LoopBody assemble() {
    LoopBody body = vectors;
    if (body == null) {
      body = new PaddedLoop(code, SegmentedLoop.of(code));
      vectors = body;
    }
    return body;
  }

  @Override
  public void run(
      float[][] arrays, int[] starts, int[] steps, int rows, int columns, float[] partials) {
    if (tiers.useVectors()) {
      vectors().run(arrays, starts, steps, rows, columns, partials);
    } else {
      long start = System.nanoTime();
      scalars.run(arrays, starts, steps, rows, columns, partials);
      tiers.spend(System.nanoTime() - start);
    }
  }
}
