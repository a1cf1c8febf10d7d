package org.lanewise.engine.simd;

import org.lanewise.engine.Tensor;
import org.lanewise.engine.operation.Draw;
import org.lanewise.engine.parallel.Workers;
import org.lanewise.engine.random.RandomStream;

/** Random draws, in pieces that start at a whole block of the generator. */
public final class DrawKernel {
  /** Elements that are worth a task of their own. */
  private static final int GRAIN = 8 * 1024;

  private DrawKernel() {}

  /** Draws y at the step that a counter holds. */
  public static void run(Draw draw, Tensor counter, Tensor y) {
    RandomStream stream =
        draw.at(counter.array()[counter.offset()], counter.array()[counter.offset() + 1]);
    int n = y.size();
    Workers.forEach(
        Math.ceilDiv(n, GRAIN),
        task -> {
          int start = task * GRAIN;
          stream
              .skip(start)
              .fill(draw.distribution(), y.array(), y.offset() + start, Math.min(GRAIN, n - start));
        });
  }
}
