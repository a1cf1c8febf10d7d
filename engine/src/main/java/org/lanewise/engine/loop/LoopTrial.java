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

  /** How long a trial goes on before others have their turn, and in all, in nanoseconds. */
  private static final long TURN = 30_000_000;

  private static final long LIMIT = 4_000_000_000L;

  /** Runs before a method without loops is sure to be compiled by HotSpot's last compiler. */
  private static final int RUNS = 6000;

  /** Looks at the clock in a row that have to find the assembled loop faster. */
  private static final int CONVINCED = 3;

  /** How a trial stands. */
  enum Standing {
    /** Not decided yet. */
    OPEN,
    /** The assembled loop is faster. */
    WON,
    /** The assembled loop did not come to be faster in the time that there was. */
    LOST
  }

  private final LoopBody tiles;
  private final LoopBody assembled;
  private final float[][] arrays;
  private final int[] starts;
  private final int[] steps;
  private final float[] partials;
  private long bestOfTiles = Long.MAX_VALUE;
  private long spent;
  private int runs;
  private int wins;

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

  LoopBody assembled() {
    return assembled;
  }

  /** Runs both for a while. */
  Standing advance() {
    long start = System.nanoTime();
    long elapsed = 0;
    while (elapsed < TURN) {
      bestOfTiles = Math.min(bestOfTiles, nanos(tiles));
      wins = nanos(assembled) < bestOfTiles ? wins + 1 : 0;
      if (++runs >= RUNS && wins >= CONVINCED) {
        return Standing.WON;
      }
      elapsed = System.nanoTime() - start;
    }
    spent += elapsed;
    return spent < LIMIT ? Standing.OPEN : Standing.LOST;
  }

  /** The time of one run over the largest rectangle, after runs over the others. */
  private long nanos(LoopBody body) {
    long before = 0;
    for (int i = COLUMNS.length - 1; i >= 0; i--) {
      before = System.nanoTime();
      body.run(arrays, starts, steps, ROWS, COLUMNS[i], partials);
    }
    return System.nanoTime() - before;
  }
}
