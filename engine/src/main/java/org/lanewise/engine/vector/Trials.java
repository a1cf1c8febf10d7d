package org.lanewise.engine.vector;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Carries out trials by a thread of its own, some at a time in turn, so that the compiler is not
 * asked for everything at once. What has taken most time on plain loops comes first.
 */
final class Trials {
  /** The trials that are carried out at the same time. */
  private static final int ACTIVE = 4;

  /**
   * The least nanoseconds from one round of turns to the next, for the compiler and for others. A
   * longer round is followed by a pause as long as itself.
   */
  private static final long PAUSE = 5_000_000;

  private static final ScheduledThreadPoolExecutor THREAD = thread();

  /** Those that wait; guarded by itself. */
  private static final List<Tiers> WAITING = new ArrayList<>();

  /** Those that are carried out, used by the thread alone. */
  private static final Map<Tiers, Trial> RUNNING = new HashMap<>();

  /** Whether rounds go on, used by the thread alone. */
  private static boolean going;

  private Trials() {}

  private static ScheduledThreadPoolExecutor thread() {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread =
                  Thread.ofPlatform()
                      .name("lanewise-trials")
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

  /** Has a trial carried out. */
  static void ask(Tiers tiers) {
    synchronized (WAITING) {
      WAITING.add(tiers);
    }
    try {
      THREAD.execute(Trials::start);
    } catch (OutOfMemoryError e) {
      // The process has no thread left: the trial waits until somebody else asks for one.
    }
  }

  private static void start() {
    if (!going) {
      going = true;
      round();
    }
  }

  /** A turn for each trial. */
  private static void round() {
    long start = System.nanoTime();
    admit();
    RUNNING.entrySet().removeIf(each -> isOver(each.getKey(), each.getValue()));
    going = !RUNNING.isEmpty() || isAnyWaiting();
    if (going) {
      long pause = Math.max(PAUSE, System.nanoTime() - start);
      var _ = THREAD.schedule(Trials::round, pause, TimeUnit.NANOSECONDS);
    }
  }

  private static boolean isAnyWaiting() {
    synchronized (WAITING) {
      return !WAITING.isEmpty();
    }
  }

  /** Begins trials of those that wait, as many as have room. */
  private static void admit() {
    while (RUNNING.size() < ACTIVE) {
      Tiers next;
      synchronized (WAITING) {
        if (WAITING.isEmpty()) {
          return;
        }
        next = WAITING.stream().max(Comparator.comparingLong(Tiers::spent)).orElseThrow();
        WAITING.remove(next);
      }
      try {
        RUNNING.put(next, next.trial());
      } catch (RuntimeException | Error e) {
        // No classes can be defined here, so that plain loops serve alone.
        next.decide(false);
      }
    }
  }

  /** Goes on with a trial for a turn. */
  private static boolean isOver(Tiers tiers, Trial trial) {
    try {
      Trial.Standing standing = trial.advance();
      if (standing != Trial.Standing.OPEN) {
        tiers.decide(standing == Trial.Standing.WON);
      }
      return standing != Trial.Standing.OPEN;
    } catch (RuntimeException | Error e) {
      // Allocated bytes cannot be counted here, or the like.
      tiers.decide(false);
      return true;
    }
  }
}
