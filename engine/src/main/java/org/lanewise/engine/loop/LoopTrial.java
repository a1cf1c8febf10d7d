package org.lanewise.engine.loop;

import com.sun.management.ThreadMXBean;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.lanewise.engine.loop.LoopCode.Access;
import org.lanewise.engine.loop.LoopCode.Direction;
import org.lanewise.engine.reduction.Combination;
import org.lanewise.engine.vector.Lanes;

/**
 * Runs both tiers of a loop side by side on data of its own, until the assembled one is compiled
 * and faster, or was looked at often enough.
 *
 * <p>HotSpot's last compiler takes a method after some hundred calls and some ten thousand turns of
 * its loops. Until then a vector operation is a hundred times slower and leaves its result on the
 * heap. So the trial makes hardly more turns than that, and then looks now and then whether a run
 * still allocates: one that does is not compiled, or not well enough to take over.
 */
final class LoopTrial {
  /** Calls with one vector, after which HotSpot's first compiler takes a method. */
  private static final int FIRST_CALLS = 300;

  /**
   * Calls, those after the first with these columns, after which its last compiler takes a method.
   */
  private static final int CALLS = 1000;

  private static final int FEW_COLUMNS = 32 * Lanes.COUNT;

  /**
   * Calls between two looks: should the compiler have begun to count anew, they add up to as many
   * again.
   */
  private static final int MORE_CALLS = 4;

  /** The rectangle that is timed, with columns that do not fill a vector. */
  private static final int ROWS = 2;

  private static final int COLUMNS = 1024 + 3;

  /** How long calls go on before others have their turn, in nanoseconds. */
  private static final long TURN = 10_000_000;

  /** Looks in a row that have to find the assembled loop faster. */
  private static final int CONVINCED = 3;

  /** Looks until the assembled loop has lost. */
  private static final int LIMIT = 1000;

  /**
   * Looks in a row that find it allocating and the compilers idle, after which it has lost: more
   * than one compilation takes on a busy machine, as its time is not counted before its end.
   */
  private static final int HOPELESS = 400;

  /** Milliseconds that are less than it takes to compile an assembled loop. */
  private static final int SMALL = 20;

  private static final ThreadMXBean THREADS =
      ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

  /** Null where nothing is ever compiled. */
  private static final @Nullable CompilationMXBean COMPILERS =
      ManagementFactory.getCompilationMXBean();

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
  private int calls;
  private int looks;
  private int wins;
  private int hopeless;

  /** Milliseconds that methods took to compile, up to when that went on last. */
  private long compiling;

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
    while (calls < CALLS && System.nanoTime() - start < TURN) {
      run(assembled, 1, calls < FIRST_CALLS ? Lanes.COUNT : FEW_COLUMNS);
      calls++;
    }
    if (calls < CALLS) {
      return Standing.OPEN;
    }
    boolean compiled = isCompiled();
    wins = compiled && isFaster() ? wins + 1 : 0;
    hopeless = compiled || hasCompilingGoneOn() ? 0 : hopeless + 1;
    if (wins >= CONVINCED) {
      return Standing.WON;
    }
    return ++looks < LIMIT && hopeless < HOPELESS ? Standing.OPEN : Standing.LOST;
  }

  /** Whether more than small methods were compiled since that was found last. */
  private boolean hasCompilingGoneOn() {
    long now = COMPILERS == null ? 0 : COMPILERS.getTotalCompilationTime();
    boolean goneOn = now > compiling + SMALL;
    if (goneOn) {
      compiling = now;
    }
    return goneOn;
  }

  /** Where allocated bytes are not counted, none of the answers is above 0: then it never is. */
  private boolean isCompiled() {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int call = 0; call < MORE_CALLS; call++) {
      run(assembled, 1, FEW_COLUMNS);
    }
    return before > 0 && THREADS.getCurrentThreadAllocatedBytes() == before;
  }

  private boolean isFaster() {
    bestOfTiles = Math.min(bestOfTiles, nanos(tiles));
    return nanos(assembled) < bestOfTiles;
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
