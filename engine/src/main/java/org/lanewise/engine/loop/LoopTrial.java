package org.lanewise.engine.loop;

import java.util.Arrays;
import org.lanewise.engine.loop.LoopCode.Access;
import org.lanewise.engine.loop.LoopCode.Direction;
import org.lanewise.engine.simd.Combination;
import org.lanewise.engine.simd.Lanes;

/**
 * Runs both tiers of a loop side by side on data of its own, until the assembled one is faster or
 * was looked at often enough.
 *
 * <p>HotSpot's last compiler takes a method after some hundred calls and some ten thousand turns of
 * its loops. Until then a vector operation is a hundred times slower, so the trial makes hardly
 * more turns than that, and looks now and then whether the compiler is done.
 */
final class LoopTrial {
  /** Calls with one vector, after which HotSpot's first compiler takes a method. */
  private static final int FIRST_CALLS = 300;

  /** Calls and, in each, columns, after which its last compiler takes a method. */
  private static final int CALLS = 700;

  private static final int FEW_COLUMNS = 32 * Lanes.COUNT;

  /** The rectangle that is timed, with columns that do not fill a vector. */
  private static final int ROWS = 2;

  private static final int COLUMNS = 1024 + 3;

  /** How long calls go on before others have their turn, in nanoseconds. */
  private static final long TURN = 10_000_000;

  /** Looks in a row that have to find the assembled loop faster. */
  private static final int CONVINCED = 3;

  /**
   * How many times faster than at first a loop is at least, once its last compiler has got to it.
   */
  private static final int COMPILED = 30;

  /** Looks until the assembled loop has lost. */
  private static final int LIMIT = 1000;

  /** How a trial stands. */
  enum Standing {
    /** Not decided yet. */
    OPEN,
    /** The assembled loop is faster. */
    WON,
    /** The assembled loop did not come to be faster. */
    LOST
  }

  private final PaddedLoop tiles;
  private final PaddedLoop assembled;
  private final float[][] arrays;
  private final int[] starts;
  private final int[] steps;
  private final float[] partials;
  private long bestOfTiles = Long.MAX_VALUE;
  private long firstCalls;
  private int calls;
  private int looks;
  private int wins;

  LoopTrial(LoopCode code, PaddedLoop tiles, PaddedLoop assembled) {
    this.tiles = tiles;
    this.assembled = assembled;
    arrays = new float[code.places()][ROWS * COLUMNS];
    starts = new int[code.places()];
    steps = new int[code.places()];
    partials = new float[code.accumulations().size() * Combination.PARTIALS];
    for (float[] array : arrays) {
      Arrays.fill(array, 0.5f);
    }
    for (int input = 0; input < code.inputs().size(); input++) {
      steps[input] = code.inputs().get(input) == Access.ALONG ? COLUMNS : 1;
    }
    for (int output = 0; output < code.outputs().size(); output++) {
      steps[code.outputPlace(output)] = COLUMNS;
    }
    for (int i = 0; i < code.accumulations().size(); i++) {
      boolean alongRows = code.accumulations().get(i).direction() == Direction.ALONG_ROWS;
      steps[code.accumulationPlace(i)] = alongRows ? 1 : 0;
    }
  }

  PaddedLoop assembled() {
    return assembled;
  }

  /** Goes on for a while. */
  Standing advance() {
    long start = System.nanoTime();
    while (calls < FIRST_CALLS && System.nanoTime() - start < TURN) {
      long before = System.nanoTime();
      run(assembled, 1, Lanes.COUNT);
      firstCalls += System.nanoTime() - before;
      calls++;
    }
    while (calls >= FIRST_CALLS
        && calls < FIRST_CALLS + CALLS
        && System.nanoTime() - start < TURN) {
      run(assembled, 1, FEW_COLUMNS);
      calls++;
    }
    if (calls < FIRST_CALLS + CALLS) {
      return Standing.OPEN;
    }
    bestOfTiles = Math.min(bestOfTiles, nanos(tiles));
    long time = nanos(assembled);
    // Before that, the first tier may be slower only because nothing is compiled yet.
    boolean compiled = time * COMPILED < firstCalls / FIRST_CALLS * ROWS * COLUMNS / Lanes.COUNT;
    wins = compiled && time < bestOfTiles ? wins + 1 : 0;
    if (wins >= CONVINCED) {
      return Standing.WON;
    }
    return ++looks < LIMIT ? Standing.OPEN : Standing.LOST;
  }

  private void run(PaddedLoop body, int rows, int columns) {
    body.run(arrays, starts, steps, rows, columns, partials);
  }

  private long nanos(PaddedLoop body) {
    long before = System.nanoTime();
    run(body, ROWS, COLUMNS);
    return System.nanoTime() - before;
  }
}
