package org.lanewise.engine.matrix;

import java.util.List;
import java.util.function.IntConsumer;
import org.lanewise.engine.parallel.Workers;
import org.lanewise.engine.vector.Tiers;

/**
 * A matrix product of certain tensors, planned once to be run often: a run reads what the operands
 * hold by then, and allocates nothing once the threads that take part have their packing memory.
 *
 * <p>It may run on one thread at a time, as it writes to one result.
 */
public final class MatrixProductPlan {
  /** A thread gets several tasks in a row, so that claiming them does not show. */
  private static final int CHUNKS_PER_THREAD = 4;

  private final Runnable[][] chunks;
  private final IntConsumer runChunk = this::runChunk;
  private final List<Tiers> tiers;

  /** A plan of independent tasks, for that many threads. */
  MatrixProductPlan(List<ProductTask> tasks, int threads) {
    tiers = tasks.stream().flatMap(task -> task.tiers().stream()).distinct().toList();
    int count = threads == 1 ? 1 : Math.min(tasks.size(), CHUNKS_PER_THREAD * threads);
    chunks = new Runnable[count][];
    for (int chunk = 0; chunk < count; chunk++) {
      int from = (int) ((long) chunk * tasks.size() / count);
      int to = (int) ((chunk + 1L) * tasks.size() / count);
      chunks[chunk] =
          tasks.subList(from, to).stream().map(ProductTask::work).toArray(Runnable[]::new);
    }
  }

  /** Computes the product. */
  public void run() {
    Workers.forEach(chunks.length, runChunk);
  }

  /**
   * Which tiers run it.
   *
   * @return the tiers of the kernels that it uses; none if it has one way to run
   */
  public List<Tiers> tiers() {
    return tiers;
  }

  /** A task that fails ends its chunk. */
  private void runChunk(int chunk) {
    for (Runnable task : chunks[chunk]) {
      task.run();
    }
  }
}
