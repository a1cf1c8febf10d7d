package org.lanewise.engine.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WorkersTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void everyTaskRunsOnceAndIsSeenByTheCaller(int threads) {
    Workers workers = new Workers(threads);
    for (int round = 0; round < 2_000; round++) {
      int[] runs = new int[round % 40];
      workers.run(runs.length, task -> runs[task]++);
      assertThat(runs).as("runs of each task in round %d", round).isEqualTo(ones(runs.length));
    }
  }

  @Test
  void tasksRunOnSeveralThreadsAtOnce() {
    Workers workers = new Workers(3);
    CountDownLatch allHaveStarted = new CountDownLatch(3);
    AtomicInteger met = new AtomicInteger();
    workers.run(
        3,
        task -> {
          allHaveStarted.countDown();
          if (await(allHaveStarted)) {
            met.incrementAndGet();
          }
        });
    assertThat(met).hasValue(3);
  }

  /** The threads that run three tasks which wait for each other. */
  private static List<Thread> threads(Workers workers) {
    List<Thread> threads = new CopyOnWriteArrayList<>();
    CountDownLatch allHaveStarted = new CountDownLatch(3);
    workers.run(
        3,
        task -> {
          threads.add(Thread.currentThread());
          allHaveStarted.countDown();
          assertThat(await(allHaveStarted)).isTrue();
        });
    threads.remove(Thread.currentThread());
    return threads;
  }

  @Test
  void idleThreadsEndAndStartAgainWhenTheyAreNeeded() throws InterruptedException {
    Workers workers = new Workers(3, TimeUnit.MILLISECONDS.toNanos(5), Thread::start);
    for (int round = 0; round < 20; round++) {
      List<Thread> threads = threads(workers);
      assertThat(threads).hasSize(2);
      for (Thread thread : threads) {
        assertThat(thread.getContextClassLoader()).isNull();
        thread.join(10_000);
        assertThat(thread.isAlive()).isFalse();
      }
    }
  }

  @Test
  void callsThatComeAsThreadsEndAreDone() {
    Workers workers = new Workers(3, 1, Thread::start);
    for (int round = 0; round < 5_000; round++) {
      int[] runs = new int[3];
      workers.run(3, task -> runs[task]++);
      assertThat(runs).as("round %d", round).containsOnly(1);
    }
  }

  /** As when there are too many native threads. */
  @Test
  void callsAreDoneWithoutThreadsThatCannotStart() {
    AtomicBoolean full = new AtomicBoolean(true);
    Workers workers =
        new Workers(
            3,
            TimeUnit.SECONDS.toNanos(5),
            thread -> {
              if (full.get()) {
                throw new OutOfMemoryError("unable to create native thread");
              }
              thread.start();
            });
    for (int round = 0; round < 3; round++) {
      int[] runs = new int[3];
      workers.run(3, task -> runs[task]++);
      assertThat(runs).as("round %d", round).containsOnly(1);
    }
    full.set(false);
    assertThat(threads(workers)).hasSize(2);
  }

  @Test
  void parkedThreadsWakeUp() throws InterruptedException {
    Workers workers = new Workers(2);
    for (int round = 0; round < 20; round++) {
      Thread.sleep(2);
      CountDownLatch bothHaveStarted = new CountDownLatch(2);
      workers.run(
          2,
          task -> {
            bothHaveStarted.countDown();
            assertThat(await(bothHaveStarted)).isTrue();
          });
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void aFailureReachesTheCallerAfterAllTasksHaveRun(int threads) {
    Workers workers = new Workers(threads);
    AtomicInteger runs = new AtomicInteger();
    assertThatThrownBy(
            () ->
                workers.run(
                    10,
                    task -> {
                      runs.incrementAndGet();
                      if (task % 4 == 3) {
                        throw new IllegalStateException("task " + task);
                      }
                    }))
        .isInstanceOf(IllegalStateException.class)
        .satisfies(
            thrown -> {
              List<String> messages = new ArrayList<>(List.of(thrown.getMessage()));
              for (Throwable other : thrown.getSuppressed()) {
                messages.add(other.getMessage());
              }
              assertThat(messages).containsExactlyInAnyOrder("task 3", "task 7");
            });
    assertThat(runs).hasValue(10);

    // The pool is free again and has forgotten the failure.
    workers.run(10, task -> runs.incrementAndGet());
    assertThat(runs).hasValue(20);
  }

  @Test
  void anErrorReachesTheCaller() {
    AssertionError error = new AssertionError("broken");
    assertThatThrownBy(
            () ->
                new Workers(2)
                    .run(
                        5,
                        task -> {
                          throw error;
                        }))
        .isSameAs(error);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void nestedCallsRunEveryTaskOnce(int threads) {
    Workers workers = new Workers(threads);
    AtomicIntegerArray runs = new AtomicIntegerArray(12 * 7);
    workers.run(12, outer -> workers.run(7, inner -> runs.incrementAndGet(outer * 7 + inner)));
    for (int i = 0; i < runs.length(); i++) {
      assertThat(runs.get(i)).as("runs of inner task %d", i).isEqualTo(1);
    }
  }

  @Test
  void concurrentCallersEachGetTheirOwnTasks() throws InterruptedException {
    Workers workers = new Workers(3);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    List<Thread> callers = new ArrayList<>();
    for (int c = 0; c < 4; c++) {
      int caller = c;
      callers.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      for (int round = 0; round < 3_000; round++) {
                        int[] runs = new int[2 + (round + caller) % 9];
                        workers.run(runs.length, task -> runs[task]++);
                        assertThat(runs).isEqualTo(ones(runs.length));
                      }
                    } catch (Throwable thrown) {
                      failure.set(thrown);
                    }
                  }));
    }
    for (Thread thread : callers) {
      thread.join();
    }
    assertThat(failure.get()).isNull();
  }

  @Test
  void anInterruptIsKeptForTheCaller() {
    Workers workers = new Workers(2);
    AtomicInteger runs = new AtomicInteger();
    Thread.currentThread().interrupt();
    workers.run(
        4,
        task -> {
          LockSupport.parkNanos(1_000_000);
          runs.incrementAndGet();
        });
    assertThat(Thread.interrupted()).isTrue();
    assertThat(runs).hasValue(4);
  }

  @Test
  void theSharedPoolRunsEveryTask() {
    AtomicInteger sum = new AtomicInteger();
    Workers.forEach(100, sum::addAndGet);
    assertThat(sum).hasValue(99 * 100 / 2);
    assertThat(Workers.count()).isPositive();
  }

  @Test
  void theSharedPoolOutlivesAnOverflowOfTheStack() throws InterruptedException {
    assumeThat(Workers.count()).isGreaterThan(1);
    AtomicInteger overflows = new AtomicInteger();
    for (int round = 0; round < 20; round++) {
      Thread caller =
          new Thread(
              null,
              () -> {
                try {
                  callForever();
                } catch (StackOverflowError e) {
                  overflows.incrementAndGet();
                }
              },
              "overflowing",
              256 * 1024);
      caller.start();
      caller.join();
      CountDownLatch bothHaveStarted = new CountDownLatch(2);
      AtomicInteger met = new AtomicInteger();
      Workers.forEach(
          2,
          task -> {
            bothHaveStarted.countDown();
            if (await(bothHaveStarted)) {
              met.incrementAndGet();
            }
          });
      assertThat(met).as("round %d", round).hasValue(2);
    }
    assertThat(overflows).hasValue(20);
  }

  // An overflow of the stack is what it is for.
  @SuppressWarnings("InfiniteRecursion")
  private static int callForever() {
    Workers.forEach(4, task -> {});
    return 1 + callForever();
  }

  @Test
  void thePropertySetsTheNumberOfThreads() {
    assertThat(Workers.threads(null)).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(Workers.threads(" 3 ")).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "two", "", "1.5", "4097", "3000000000"})
  void anotherValueOfThePropertyIsRefused(String value) {
    assertThatThrownBy(() -> Workers.threads(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "system property lanewise.threads: expected a whole number from 1 to 4096, was "
                + value);
  }

  private static int[] ones(int length) {
    int[] ones = new int[length];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
