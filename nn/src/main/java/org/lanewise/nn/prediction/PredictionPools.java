package org.lanewise.nn.prediction;

import java.util.Arrays;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The programs of a predictor by batch size. Of many sizes it keeps those used lately: the pools
 * are asked in turn, and one that served nobody since it was last asked makes room.
 */
final class PredictionPools {
  /** Batch sizes that are kept. */
  private static final int KEPT = 16;

  private final IntFunction<PredictionPool> maker;
  private volatile PredictionPool[] pools = {};
  private int next;

  PredictionPools(IntFunction<PredictionPool> maker) {
    this.maker = maker;
  }

  /** The pool for a batch size. Takes no lock if it is kept. */
  PredictionPool get(int batch) {
    PredictionPool known = find(batch);
    return known != null ? known : make(batch);
  }

  private @Nullable PredictionPool find(int batch) {
    for (PredictionPool pool : pools) {
      if (pool.batch() == batch) {
        return pool;
      }
    }
    return null;
  }

  private synchronized PredictionPool make(int batch) {
    PredictionPool known = find(batch);
    if (known != null) {
      return known;
    }
    PredictionPool made = maker.apply(batch);
    if (pools.length < KEPT) {
      PredictionPool[] more = Arrays.copyOf(pools, pools.length + 1);
      more[pools.length] = made;
      pools = more;
    } else {
      PredictionPool[] others = pools.clone();
      others[unused()] = made;
      pools = others;
    }
    return made;
  }

  private int unused() {
    int found = next;
    while (pools[found].wasUsed()) {
      found = (found + 1) % KEPT;
    }
    next = (found + 1) % KEPT;
    return found;
  }
}
