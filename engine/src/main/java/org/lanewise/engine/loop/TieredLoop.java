package org.lanewise.engine.loop;

import java.lang.ref.SoftReference;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The two tiers of a loop's code: interpreted over tiles at first, and assembled as soon as that
 * has proved to be faster and to allocate nothing.
 *
 * <p>Assembled loops are tried on data of their own by a thread of their own until the JIT compiler
 * has got to them; then they take over, if they are faster than the first tier. Both give the same
 * bits, so nobody can tell when. Equal codes share one body, whatever program they are in.
 *
 * <p>The system property {@value #PROPERTY} holds all loops to one tier: {@code tiles} or {@code
 * assembled}.
 */
public final class TieredLoop {
  /** The system property that holds all loops to one tier. */
  static final String PROPERTY = "lanewise.loops";

  private static final Map<LoopCode, SoftReference<TieredLoop>> KNOWN = new HashMap<>();

  private static final ScheduledThreadPoolExecutor TRIALS = trials();

  /** Milliseconds from one turn of a trial to the next. */
  private static final int PAUSE = 10;

  private volatile PaddedLoop current;
  private volatile boolean decided;

  private TieredLoop(PaddedLoop current, boolean decided) {
    this.current = current;
    this.decided = decided;
  }

  /**
   * The body of a code.
   *
   * @throws IllegalArgumentException if the system property has a value that is not a tier
   */
  static TieredLoop of(LoopCode code) {
    synchronized (KNOWN) {
      SoftReference<TieredLoop> reference = KNOWN.get(code);
      TieredLoop known = reference == null ? null : reference.get();
      if (known == null) {
        KNOWN.values().removeIf(each -> each.get() == null);
        known = create(code, System.getProperty(PROPERTY));
        KNOWN.put(code, new SoftReference<>(known));
      }
      return known;
    }
  }

  /** A body that stays in the first tier. */
  static TieredLoop interpreted(LoopCode code) {
    return new TieredLoop(tiles(code), true);
  }

  private static PaddedLoop tiles(LoopCode code) {
    return new PaddedLoop(code, new TileLoop(code));
  }

  /** As {@link SegmentedLoop#of}. */
  private static PaddedLoop assembled(LoopCode code) {
    return new PaddedLoop(code, SegmentedLoop.of(code));
  }

  private static TieredLoop create(LoopCode code, @Nullable String tier) {
    return switch (tier) {
      case null -> {
        TieredLoop tiers = new TieredLoop(tiles(code), false);
        TRIALS.execute(
            () ->
                tiers.attempt(
                    () -> tiers.advance(new LoopTrial(code, tiers.current, assembled(code)))));
        yield tiers;
      }
      case "tiles" -> new TieredLoop(tiles(code), true);
      case "assembled" -> new TieredLoop(assembled(code), true);
      default ->
          throw new IllegalArgumentException(
              "system property " + PROPERTY + ": expected tiles or assembled, was " + tier);
    };
  }

  private static ScheduledThreadPoolExecutor trials() {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread =
                  Thread.ofPlatform()
                      .name("lanewise-loop-trials")
                      .daemon()
                      .inheritInheritableThreadLocals(false)
                      .unstarted(work);
              thread.setContextClassLoader(null);
              return thread;
            });
    executor.setKeepAliveTime(1, TimeUnit.SECONDS);
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  /** A turn of a trial. */
  private void attempt(Runnable turn) {
    try {
      turn.run();
    } catch (RuntimeException | LinkageError e) {
      // No classes can be defined here, or allocated bytes not be counted: the first tier serves
      // alone.
      decided = true;
    }
  }

  /** Goes on with a trial for a while, and then lets others and the compiler have their turn. */
  private void advance(LoopTrial trial) {
    switch (trial.advance()) {
      case WON -> {
        current = trial.assembled();
        decided = true;
      }
      case LOST -> decided = true;
      case OPEN -> {
        var _ = TRIALS.schedule(() -> attempt(() -> advance(trial)), PAUSE, TimeUnit.MILLISECONDS);
      }
    }
  }

  /**
   * Whether the tier that runs now is the one that will run from now on.
   *
   * @return true if it is
   */
  public boolean decided() {
    return decided;
  }

  /**
   * The tier that runs now.
   *
   * @return {@code tiles} or {@code assembled}
   */
  public String tier() {
    return current.isInterpreted() ? "tiles" : "assembled";
  }

  /**
   * Runs the code. All inputs of an element are read before an output of it is written, so that an
   * output may lie exactly over an input.
   *
   * @param arrays where each place is, in the order of {@link LoopCode#places}
   * @param starts the first element of each place; for an accumulation along rows the result of the
   *     first row, for one along columns the row that takes in all others
   * @param steps the elements that each place moves on from row to row
   * @param rows the number of rows
   * @param columns the number of columns, at least 1; at most {@link
   *     org.lanewise.engine.reduction.ReductionOrder#ROW_BLOCK} if there is an accumulation along
   *     rows
   * @param partials scratch for accumulations along rows: {@link
   *     org.lanewise.engine.reduction.ReductionOrder#PARTIALS} elements for each accumulation
   */
  void run(float[][] arrays, int[] starts, int[] steps, int rows, int columns, float[] partials) {
    current.run(arrays, starts, steps, rows, columns, partials);
  }
}
