package org.lanewise.engine.vector;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Which tier some work runs on: plain loops at first, vectors as soon as they have proved to be
 * faster. Both give the same bits, so nobody can tell when that changes.
 *
 * <p>Work that has taken some time on plain loops is given a {@link Trial}.
 */
public final class Tiers {
  /** The time on plain loops, in nanoseconds, after which a trial is worth its own. */
  private static final long WORTH_A_TRIAL = 5_000_000;

  private final Supplier<? extends Contest> contest;
  private final AtomicBoolean asked = new AtomicBoolean();
  private volatile boolean vectors;
  private volatile boolean decided;

  /** May miss what several threads add at the same time. */
  private volatile long spent;

  /**
   * Tiers that start with plain loops.
   *
   * @param contest makes what a trial runs; if it throws, plain loops serve for good
   */
  public Tiers(Supplier<? extends Contest> contest) {
    this.contest = contest;
    vectors = VectorSupport.isAvailable() && VectorSupport.isAtOnce();
    decided = vectors || !VectorSupport.isAvailable();
  }

  /** Whether to run on vectors. */
  public boolean useVectors() {
    return vectors;
  }

  /** Whether that will stay as it is. */
  public boolean isDecided() {
    return decided;
  }

  /** Says that a run on plain loops took some nanoseconds. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // An estimate, which orders trials.
  public void spend(long nanoseconds) {
    if (!decided) {
      spent += nanoseconds;
      if (spent > WORTH_A_TRIAL) {
        tryNow();
      }
    }
  }

  /** Asks for a trial, unless there was or is one. */
  public void tryNow() {
    if (!decided && !asked.getAndSet(true)) {
      Trials.ask(this);
    }
  }

  /** The name of the tier that runs now: {@code scalar} or {@code vectors}. */
  public String label() {
    return vectors ? "vectors" : "scalar";
  }

  long spent() {
    return spent;
  }

  Trial trial() {
    return new Trial(contest.get());
  }

  void decide(boolean forVectors) {
    vectors = forVectors;
    decided = true;
  }
}
