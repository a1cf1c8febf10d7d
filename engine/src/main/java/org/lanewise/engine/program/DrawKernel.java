package org.lanewise.engine.program;

import java.util.function.IntConsumer;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.operation.Draw;
import org.lanewise.engine.parallel.Workers;

/** Random draws, in pieces that start at a whole block of the generator. */
final class DrawKernel implements Runnable {
  /** Elements that are worth a task of their own. */
  private static final int GRAIN = 8 * 1024;

  private final Draw draw;
  private final Tensor counter;
  private final Tensor y;
  private final int tasks;
  private final IntConsumer task = this::runTask;
  private long step;

  /** Plans to draw y at the steps that a counter holds. */
  DrawKernel(Draw draw, Tensor counter, Tensor y) {
    this.draw = draw;
    this.counter = counter;
    this.y = y;
    tasks = Math.ceilDiv(y.size(), GRAIN);
  }

  @Override
  public void run() {
    step = Draw.step(counter.storage()[counter.offset()], counter.storage()[counter.offset() + 1]);
    Workers.forEach(tasks, task);
  }

  private void runTask(int number) {
    int start = number * GRAIN;
    int n = Math.min(GRAIN, y.size() - start);
    draw.stream().fillChild(step, start, draw.distribution(), y.storage(), y.offset() + start, n);
  }
}
