package org.lanewise.engine.vector;

import com.sun.management.ThreadMXBean;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/**
 * Runs both tiers of some work side by side on data of its own, until vectors are compiled and
 * faster, or were looked at often enough.
 *
 * <p>Until HotSpot's last compiler (C2) has compiled it, a vector operation is a hundred times
 * slower and leaves its result on the heap. C2 takes a method after some thousand calls, whatever
 * they do; so most calls of a trial do nothing, and only a few work, from which C2 learns how often
 * loops turn. A run that still allocates is not compiled, or not well enough to take over.
 */
final class Trial {
  /** The calls of a turn that do nothing. */
  private static final int IDLE = 100;

  /**
   * The calls of a turn that work, beside one that is looked at. With fewer to each idle call C2 at
   * times takes the code within loops for cold and does not inline it.
   */
  private static final int WORKING = 2;

  /** The first turns, in which a single call works, as the code is still interpreted. */
  private static final int FIRST_TURNS = 3;

  /** The calls that are timed together. */
  private static final int TIMED = 8;

  /** Looks in a row that have to find vectors faster. */
  private static final int CONVINCED = 3;

  /** The number of looks after which vectors have lost. */
  private static final int LIMIT = 1000;

  /**
   * The number of looks in a row, at vectors that allocate while the compilers are idle, after
   * which they have lost. They last longer than one compilation on a busy machine, whose time is
   * counted only at its end.
   */
  private static final int HOPELESS = 400;

  /** A time in milliseconds that is too short to compile a loop of vectors. */
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
    /** Vectors are faster. */
    WON,
    /** Vectors did not come to be faster. */
    LOST
  }

  private final Contest contest;
  private long bestOfScalars = Long.MAX_VALUE;
  private int turns;
  private int wins;
  private int hopeless;

  /** The time in milliseconds that all compilations had taken when they last went on. */
  private long compiling;

  Trial(Contest contest) {
    this.contest = contest;
  }

  /** Goes on with the trial for one turn. */
  Standing advance() {
    for (int call = 0; call < IDLE; call++) {
      contest.idle();
    }
    for (int call = 0; call < (turns < FIRST_TURNS ? 1 : WORKING); call++) {
      contest.vectors();
    }
    turns++;
    boolean compiled = isCompiled();
    wins = compiled && isFaster() ? wins + 1 : 0;
    hopeless = compiled || hasCompilingGoneOn() ? 0 : hopeless + 1;
    if (wins >= CONVINCED) {
      return Standing.WON;
    }
    return turns < LIMIT && hopeless < HOPELESS ? Standing.OPEN : Standing.LOST;
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
    contest.vectors();
    return before > 0 && THREADS.getCurrentThreadAllocatedBytes() == before;
  }

  private boolean isFaster() {
    long start = System.nanoTime();
    for (int call = 0; call < TIMED; call++) {
      contest.scalars();
    }
    long middle = System.nanoTime();
    for (int call = 0; call < TIMED; call++) {
      contest.vectors();
    }
    long end = System.nanoTime();
    bestOfScalars = Math.min(bestOfScalars, middle - start);
    return end - middle < bestOfScalars;
  }
}
