package org.lanewise.nn.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.lanewise.nn.Layers.dense;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lanewise.engine.program.SharedConstants;
import org.lanewise.nn.network.FoldedNetwork;
import org.lanewise.nn.network.Network;

@Timeout(60)
final class PredictionPoolTest {
  private static final int LIMIT = 3;

  private final Network network = Network.of(2, dense(1));
  private final FoldedNetwork folded = FoldedNetwork.of(network, network.initialize(1));
  private final AtomicInteger made = new AtomicInteger();

  private Prediction make() {
    made.incrementAndGet();
    return new Prediction(folded, new SharedConstants(), 1);
  }

  @Test
  void startsWithOneProgramAndMakesOthersForCallersAtOnce() {
    PredictionPool pool = new PredictionPool(1, LIMIT, this::make);
    pool.release(pool.take());
    pool.release(pool.take());
    assertThat(pool.size()).isEqualTo(1);
    Set<Prediction> taken = new HashSet<>(List.of(pool.take(), pool.take(), pool.take()));
    assertThat(taken).hasSize(LIMIT);
    assertThat(pool.size()).isEqualTo(LIMIT);
  }

  @Test
  void reservesNoMoreThanItsLimit() {
    PredictionPool pool = new PredictionPool(1, LIMIT, this::make);
    pool.reserve(2);
    assertThat(made).hasValue(2);
    pool.reserve(64);
    assertThat(made).hasValue(LIMIT);
  }

  @Test
  void manyCallersHaveFewProgramsAndEachForItself()
      throws InterruptedException, ExecutionException {
    PredictionPool pool = new PredictionPool(1, LIMIT, this::make);
    Set<Prediction> held =
        Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
    Callable<Integer> caller =
        () -> {
          int alone = 0;
          for (int i = 0; i < 2_000; i++) {
            Prediction prediction = pool.take();
            alone += held.add(prediction) ? 1 : 0;
            if (i % 256 == 0) {
              Thread.sleep(1);
            }
            held.remove(prediction);
            pool.release(prediction);
          }
          return alone;
        };
    try (ExecutorService executor = Executors.newFixedThreadPool(64)) {
      for (Future<Integer> alone : executor.invokeAll(Collections.nCopies(64, caller))) {
        assertThat(alone.get()).isEqualTo(2_000);
      }
    }
    assertThat(made.get()).isBetween(1, LIMIT);
    assertThat(pool.size()).isEqualTo(made.get());
  }

  @Test
  void aCallerBeyondTheLimitWaitsAndKeepsItsInterrupt() throws InterruptedException {
    PredictionPool pool = new PredictionPool(1, 1, this::make);
    Prediction only = pool.take();
    List<Prediction> got = Collections.synchronizedList(new ArrayList<>());
    List<Boolean> interrupted = Collections.synchronizedList(new ArrayList<>());
    Thread waiting =
        Thread.ofPlatform()
            .start(
                () -> {
                  got.add(pool.take());
                  interrupted.add(Thread.currentThread().isInterrupted());
                });
    while (waiting.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    waiting.interrupt();
    while (waiting.getState() != Thread.State.WAITING || waiting.isInterrupted()) {
      Thread.onSpinWait();
    }
    assertThat(got).isEmpty();
    pool.release(only);
    waiting.join();
    assertThat(got).containsExactly(only);
    assertThat(interrupted).containsExactly(true);
  }

  @Test
  void aProgramThatCannotBeMadeTakesNobodysPlace() {
    Supplier<Prediction> maker =
        () -> {
          if (made.get() == 1) {
            made.incrementAndGet();
            throw new IllegalStateException("no memory");
          }
          return make();
        };
    PredictionPool pool = new PredictionPool(1, 2, maker);
    Prediction first = pool.take();
    assertThatIllegalStateException().isThrownBy(pool::take).withMessage("no memory");
    assertThat(pool.take()).isNotSameAs(first);
    assertThat(pool.size()).isEqualTo(2);
  }
}
