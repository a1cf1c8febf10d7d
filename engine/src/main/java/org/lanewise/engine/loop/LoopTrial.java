package org.lanewise.engine.loop;

import com.sun.management.ThreadMXBean;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.lanewise.engine.loop.LoopCode.Access;
import org.lanewise.engine.loop.LoopCode.Direction;
import org.lanewise.engine.reduction.ReductionOrder;
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
  /**
   * The number of calls, of one vector each, after which HotSpot's first compiler is asked for a
   * method.
   */
  private static final int FIRST_CALLS = 300;

  /**
   * The number of calls after which HotSpot's last compiler is asked for a method. Those after the
   * first ones have {@link #FEW_COLUMNS}.
   */
  private static final int CALLS = 1000;

  private static final int FEW_COLUMNS = 32 * Lanes.COUNT;

  /**
   * The number of calls at each look. If the compiler has begun to count anew, those of many looks
   * add up to as many as it asks for.
   */
  private static final int MORE_CALLS = 4;

  /** The rectangle that is timed, with columns that do not fill a vector. */
  private static final int ROWS = 2;

  private static final int COLUMNS = 1024 + 3;

  /** How long calls go on before others have their turn, in nanoseconds. */
  private static final long TURN = 10_000_000;

  /** Looks in a row that have to find the assembled loop faster. */
  private static final int CONVINCED = 3;

  /** The number of looks after which the assembled loop has lost. */
  private static final int LIMIT = 1000;

  /**
   * The number of looks in a row, at a loop that allocates while the compilers are idle, after
   * which it has lost. They last longer than one compilation on a busy machine, whose time is
   * counted only at its end.
   */
  private static final int HOPELESS = 400;

  /** A time in milliseconds that is too short to compile an assembled loop. */
  private static final int SMALL = 20;

  private static final ThreadMXBean THREADS =
      ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

  /** The compilers of the JVM; null where nothing is ever compiled. */
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

  /** The time in milliseconds that all compilations had taken when they last went on. */
  private long compiling;

  LoopTrial(LoopCode code, PaddedLoop tiles, PaddedLoop assembled) {
    this.tiles = tiles;
    this.assembled = assembled;
    arrays = new float[code.places()][ROWS * COLUMNS];
    starts = new int[code.places()];
    steps = new int[code.places()];
    partials = new float[code.accumulations().size() * ReductionOrder.PARTIALS];
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

  /** Goes on with the trial for one turn. */
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

  /** Whether more than small methods were compiled since this was last true. */
  private boolean hasCompilingGoneOn() {
    long now = COMPILERS == null ? 0 : COMPILERS.getTotalCompilationTime();
    boolean goneOn = now > compiling + SMALL;
    if (goneOn) {
      compiling = now;
    }
    return goneOn;
  }

  /**
   * Whether a run allocates nothing. Where allocated bytes are not counted, the counter is not
   * above 0, and the answer is no.
   */
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
