package org.lanewise.engine.loop;

import java.util.Arrays;
import org.lanewise.engine.loop.LoopCode.Access;
import org.lanewise.engine.loop.LoopCode.Direction;
import org.lanewise.engine.simd.Combination;

/**
 * Runs both tiers of a loop side by side on data of its own, which warms the assembled one, until
 * that one is faster or time is up.
 */
final class LoopTrial {
  /** Columns of the rectangle that is timed, and of others: with a tail, without, nothing else. */
  private static final int[] COLUMNS = {1024 + 3, 64, 5};

  private static final int ROWS = 2;

  /** Runs before a method without loops is sure to be compiled by HotSpot's last compiler. */
  private static final int RUNS = 6000;

  /** Runs between two looks at the clock. */
  private static final int ROUND = 50;

  private static final long NANOS = 10_000_000_000L;

  private final LoopBody tiles;
  private final LoopBody assembled;
  private final float[][] arrays;
  private final int[] starts;
  private final int[] steps;
  private final float[] partials;

  LoopTrial(LoopCode code, LoopBody tiles, LoopBody assembled) {
    this.tiles = tiles;
    this.assembled = assembled;
    arrays = new float[code.places()][ROWS * COLUMNS[0]];
    starts = new int[code.places()];
    steps = new int[code.places()];
    partials = new float[code.accumulations().size() * Combination.PARTIALS];
    for (float[] array : arrays) {
      Arrays.fill(array, 0.5f);
    }
    for (int input = 0; input < code.inputs().size(); input++) {
      steps[input] = code.inputs().get(input) == Access.ALONG ? COLUMNS[0] : 1;
    }
    for (int output = 0; output < code.outputs().size(); output++) {
      steps[code.outputPlace(output)] = COLUMNS[0];
    }
    for (int i = 0; i < code.accumulations().size(); i++) {
      boolean alongRows = code.accumulations().get(i).direction() == Direction.ALONG_ROWS;
      steps[code.accumulationPlace(i)] = alongRows ? 1 : 0;
    }
  }

  /** Whether the assembled loop came to be faster. */
  boolean assembledWins() {
    long start = System.nanoTime();
    long bestOfTiles = Long.MAX_VALUE;
    for (int runs = 0; System.nanoTime() - start < NANOS; runs += ROUND) {
      long ofAssembled = nanos(assembled);
      bestOfTiles = Math.min(bestOfTiles, nanos(tiles));
      if (runs >= RUNS && ofAssembled < bestOfTiles) {
        return true;
      }
    }
    return false;
  }

  /** The shortest of a round of runs. */
  private long nanos(LoopBody body) {
    long best = Long.MAX_VALUE;
    for (int run = 0; run < ROUND; run++) {
      for (int i = COLUMNS.length - 1; i >= 0; i--) {
        long before = System.nanoTime();
        body.run(arrays, starts, steps, ROWS, COLUMNS[i], partials);
        if (i == 0) {
          best = Math.min(best, System.nanoTime() - before);
        }
      }
    }
    return best;
  }
}
