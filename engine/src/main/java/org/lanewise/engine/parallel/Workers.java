package org.lanewise.engine.parallel;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The threads that share out large work: a small fixed pool of daemon threads plus the caller.
 *
 * <p>The system property {@value #PROPERTY} says how many threads work at once, the caller
 * included; by default as many as there are processors. One call owns the pool at a time; a call
 * that finds it taken, be it nested or from another thread, does its tasks itself. Idle threads are
 * parked, and a call allocates nothing.
 */
public final class Workers {
  /** The system property that sets the number of threads, from 1 to 4096. */
  public static final String PROPERTY = "lanewise.threads";

  /** More threads than any machine has processors: a larger number is a mistake. */
  private static final int MOST = 4096;

  /**
   * How often a thread looks again before it parks: some microseconds, about what waking it would
   * cost.
   */
  private static final int SPINS = 200;

  private static volatile @Nullable Workers shared;

  /** Nanoseconds that a thread waits for a call before it ends. */
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Worker[] workers;
  private final long idleNanos;
  private final Consumer<Thread> starter;

  /** Whether a call owns the pool. The fields below belong to that call. */
  private final AtomicBoolean taken = new AtomicBoolean();

  private volatile @Nullable IntConsumer body;
  private volatile @Nullable Thread caller;
  private volatile @Nullable Throwable failure;

  /**
   * The number of the call in the upper half and how many of its tasks are unclaimed in the lower.
   * A thread claims the last of them by counting down. A finished call has none, so a thread that
   * claims one can be sure that the body it read before is that of the same call.
   */
  private final AtomicLong ticket = new AtomicLong();

  private final AtomicInteger unfinished = new AtomicInteger();

  /** A pool in which {@code threads} threads work, of which the caller is one. */
  Workers(int threads) {
    this(threads, IDLE_NANOS, Thread::start);
  }

  /**
   * A pool whose threads are started in some way, and end after they have waited for so many
   * nanoseconds.
   */
  Workers(int threads, long idleNanos, Consumer<Thread> starter) {
    this.idleNanos = idleNanos;
    this.starter = starter;
    workers = new Worker[threads - 1];
    for (int i = 0; i < workers.length; i++) {
      workers[i] = new Worker(i + 1);
    }
  }

  /**
   * The number of threads that work at once, the caller included.
   *
   * @throws IllegalArgumentException if {@value #PROPERTY} is not a whole number from 1 to 4096
   */
  public static int count() {
    return shared().workers.length + 1;
  }

  /**
   * Runs {@code body} once for each of the numbers 0 to {@code tasks} − 1, in any order, on the
   * caller and the pool, and returns when all are done. What the tasks wrote is then visible to the
   * caller.
   *
   * <p>If tasks fail, the others run all the same; then the first failure is thrown, with those of
   * other tasks suppressed in it.
   *
   * @throws IllegalArgumentException if there are several tasks and {@value #PROPERTY} is not a
   *     whole number from 1 to 4096
   */
  public static void forEach(int tasks, IntConsumer body) {
    if (tasks == 1) {
      body.accept(0);
    } else {
      try {
        shared().run(tasks, body);
      } catch (VirtualMachineError e) {
        // An overflow of the stack, say, may have left the pool taken: the next call makes another.
        shared = null;
        throw e;
      }
    }
  }

  private static Workers shared() {
    Workers workers = shared;
    return workers != null ? workers : create();
  }

  private static synchronized Workers create() {
    Workers workers = shared;
    if (workers == null) {
      workers = new Workers(threads(System.getProperty(PROPERTY)));
      shared = workers;
    }
    return workers;
  }

  /** The number of threads that a value of the system property asks for. */
  static int threads(@Nullable String property) {
    if (property == null) {
      return Runtime.getRuntime().availableProcessors();
    }
    int threads;
    try {
      threads = Integer.parseInt(property.strip());
    } catch (NumberFormatException e) {
      threads = 0;
    }
    if (threads < 1 || threads > MOST) {
      throw new IllegalArgumentException(
          "system property "
              + PROPERTY
              + ": expected a whole number from 1 to "
              + MOST
              + ", was "
              + property);
    }
    return threads;
  }

  void run(int tasks, IntConsumer body) {
    if (workers.length == 0 || !taken.compareAndSet(false, true)) {
      runHere(tasks, body);
      return;
    }
    this.body = body;
    caller = Thread.currentThread();
    unfinished.set(tasks);
    long call = ((ticket.get() >>> 32) + 1) << 32;
    ticket.set(call | tasks);
    for (int i = 0; i < Math.min(tasks - 1, workers.length); i++) {
      workers[i].wake();
    }
    help();
    awaitTheOthers();
    Throwable thrown = failure;
    failure = null;
    caller = null;
    this.body = null;
    taken.set(false);
    if (thrown != null) {
      throw unchecked(thrown);
    }
  }

  private static void runHere(int tasks, IntConsumer body) {
    Throwable first = null;
    for (int i = 0; i < tasks; i++) {
      try {
        body.accept(i);
      } catch (Throwable thrown) {
        first = joined(first, thrown);
      }
    }
    if (first != null) {
      throw unchecked(first);
    }
  }

  /** Claims and runs tasks until none is left. */
  private void help() {
    while (true) {
      long before = ticket.get();
      IntConsumer claimedBody = body;
      int unclaimed = (int) before;
      if (unclaimed == 0 || claimedBody == null) {
        return;
      }
      if (ticket.compareAndSet(before, before - 1)) {
        try {
          claimedBody.accept(unclaimed - 1);
        } catch (Throwable thrown) {
          record(thrown);
        }
        if (unfinished.decrementAndGet() == 0) {
          LockSupport.unpark(caller);
        }
      }
    }
  }

  private void awaitTheOthers() {
    boolean interrupted = false;
    for (int i = 0; unfinished.get() != 0; i++) {
      if (i < SPINS) {
        Thread.onSpinWait();
      } else {
        LockSupport.park(this);
        // A pending interrupt would turn parking into spinning; it is the caller's, and is given
        // back below.
        interrupted |= Thread.interrupted();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void record(Throwable thrown) {
    failure = joined(failure, thrown);
  }

  private static Throwable joined(@Nullable Throwable first, Throwable thrown) {
    if (first == null) {
      return thrown;
    }
    if (first != thrown) {
      first.addSuppressed(thrown);
    }
    return first;
  }

  /** A task declares no checked exception, so what it threw is unchecked. */
  private static RuntimeException unchecked(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return (RuntimeException) thrown;
  }

  /** What the thread of a worker is at. */
  private enum State {
    /** It works, or looks for a call. */
    AWAKE,
    /** It waits to be woken. */
    PARKED,
    /** There is none: it has never been needed, or has ended. */
    ENDED
  }

  /**
   * A thread of the pool: waits for a call, helps, waits again, and ends when none has come for a
   * while, so that idle threads do not keep the class loader of an application that has gone.
   */
  private final class Worker implements Runnable {
    private final String name;
    private final AtomicReference<State> state = new AtomicReference<>(State.ENDED);
    private volatile @Nullable Thread thread;

    /** The last call that the worker has seen. */
    private long seen;

    Worker(int number) {
      name = "lanewise-worker-" + number;
    }

    /**
     * Sees to it that the worker notices the call, unless it ends at this moment. The ticket was
     * written before the state is read here, and a worker reads the ticket after it has changed its
     * state, so one sees the other.
     */
    void wake() {
      if (state.compareAndSet(State.ENDED, State.AWAKE)) {
        try {
          start();
        } catch (Throwable e) {
          // Mostly too many native threads: the others do its tasks, and the next call tries again.
          state.set(State.ENDED);
        }
      } else if (state.get() == State.PARKED) {
        // Cheaper than unparking a thread that is still looking.
        LockSupport.unpark(thread);
      }
    }

    private void start() {
      Thread started =
          Thread.ofPlatform()
              .name(name)
              .daemon()
              .inheritInheritableThreadLocals(false)
              .unstarted(this);
      started.setContextClassLoader(null);
      thread = started;
      starter.accept(started);
    }

    @Override
    public void run() {
      while (awaitCall()) {
        help();
      }
    }

    /** Waits for a call after the last seen; false if the thread is to end. */
    private boolean awaitCall() {
      for (int i = 0; i < SPINS; i++) {
        if (notices()) {
          return true;
        }
        Thread.onSpinWait();
      }
      state.set(State.PARKED);
      long start = System.nanoTime();
      while (!notices()) {
        long left = idleNanos - (System.nanoTime() - start);
        if (left > 0) {
          LockSupport.parkNanos(Workers.this, left);
        } else {
          // A call that comes just now does without.
          state.set(State.ENDED);
          return false;
        }
      }
      state.set(State.AWAKE);
      return true;
    }

    private boolean notices() {
      long call = ticket.get() >>> 32;
      boolean other = call != seen;
      seen = call;
      return other;
    }
  }
}
