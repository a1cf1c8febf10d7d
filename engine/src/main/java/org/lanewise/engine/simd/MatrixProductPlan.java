package org.lanewise.engine.simd;

import java.util.List;
import java.util.function.IntConsumer;
import org.lanewise.engine.parallel.Workers;

/**
 * A matrix product of certain tensors, planned once to be run often: a run reads what the operands
 * hold by then, and allocates nothing once the threads that take part have their packing memory.
 *
 * <p>It may run on one thread at a time, as it writes to one result.
 */
public final class MatrixProductPlan {
  /** A thread gets several tasks in a row, so that claiming them does not show. */
  private static final int CHUNKS_PER_THREAD = 4;

  private final Runnable[] tasks;
  private final int chunks;
  private final IntConsumer runChunk = this::runChunk;

  /** A plan of independent tasks, for that many threads. */
  MatrixProductPlan(List<Runnable> tasks, int threads) {
    this.tasks = tasks.toArray(Runnable[]::new);
    this.chunks = threads == 1 ? 1 : Math.min(this.tasks.length, CHUNKS_PER_THREAD * threads);
  }

  /** Computes the product. */
  public void run() {
    Workers.forEach(chunks, runChunk);
  }

  private void runChunk(int chunk) {
    int end = (int) ((chunk + 1L) * tasks.length / chunks);
    for (int task = (int) ((long) chunk * tasks.length / chunks); task < end; task++) {
      tasks[task].run();
    }
  }
}
