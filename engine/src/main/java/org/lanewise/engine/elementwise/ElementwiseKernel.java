package org.lanewise.engine.elementwise;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.operation.Elementwise;
import org.lanewise.engine.parallel.Workers;
import org.lanewise.engine.vector.BroadcastPlan;

/**
 * Elementwise operations over broadcast operands.
 *
 * <p>The loop itself knows contiguous operands only: one that repeats an element is spread over a
 * small tile first, which stays in the first-level cache.
 */
public final class ElementwiseKernel {
  /** Elements of a tile that holds a repeated operand: 4 KiB. */
  private static final int TILE = 1024;

  /** Elements that are worth a task of their own. */
  private static final int GRAIN = 32 * 1024;

  private static final Map<Elementwise, ElementwiseKernel> KERNELS =
      new EnumMap<>(Elementwise.class);

  private static final ThreadLocal<Spread[]> SPREADS =
      ThreadLocal.withInitial(() -> new Spread[] {new Spread(), new Spread(), new Spread()});

  private final ElementwiseLoop loop;

  private ElementwiseKernel(ElementwiseLoop loop) {
    this.loop = loop;
  }

  /** The kernel of an operation. */
  public static ElementwiseKernel of(Elementwise operation) {
    synchronized (KERNELS) {
      return KERNELS.computeIfAbsent(
          operation,
          absent ->
              new ElementwiseKernel(ElementwiseLoop.of(LaneFunctions.of(absent), absent.arity())));
    }
  }

  /** The loop over contiguous operands. */
  public ElementwiseLoop loop() {
    return loop;
  }

  /** Computes y from operands whose shapes broadcast to its shape. */
  public void run(List<Tensor> operands, Tensor y) {
    if (y.size() == 0) {
      return;
    }
    BroadcastPlan plan = BroadcastPlan.of(operands.stream().map(Tensor::shape).toList(), y.shape());
    int rows = plan.rows();
    int inner = plan.inner();
    // A task is some rows, or a piece of the one long row that most operations are.
    int pieces = Math.ceilDiv(inner, GRAIN);
    int rowsOfTask = Math.max(1, GRAIN / inner);
    int tasks = pieces * Math.ceilDiv(rows, rowsOfTask);
    Workers.forEach(
        tasks,
        task -> {
          int firstRow = task / pieces * rowsOfTask;
          int lastRow = Math.min(rows, firstRow + rowsOfTask);
          int from = task % pieces * GRAIN;
          int to = Math.min(inner, from + GRAIN);
          runRows(plan, operands, y, firstRow, lastRow, from, to);
        });
  }

  /** Computes the elements from … to − 1 of some rows. */
  private void runRows(
      BroadcastPlan plan,
      List<Tensor> operands,
      Tensor y,
      int firstRow,
      int lastRow,
      int from,
      int to) {
    Spread[] spreads = SPREADS.get();
    float[][] arrays = new float[3][];
    int[] offsets = new int[3];
    int[] steps = new int[3];
    for (int row = firstRow; row < lastRow; row++) {
      int tile = to - from;
      for (int i = 0; i < 3; i++) {
        // Operands that the operation does not have are never read: the last one stands in for
        // them.
        int operand = Math.min(i, operands.size() - 1);
        Tensor x = operands.get(operand);
        int start = x.offset() + plan.start(operand, row);
        if (plan.repeats(operand)) {
          tile = Math.min(tile, TILE);
          arrays[i] = spreads[i].of(x.array()[start], Math.min(TILE, to - from));
          offsets[i] = 0;
          steps[i] = 0;
        } else {
          arrays[i] = x.array();
          offsets[i] = start + from;
          steps[i] = 1;
        }
      }
      int offsetY = y.offset() + row * plan.inner() + from;
      for (int done = 0; done < to - from; done += tile) {
        loop.run(
            arrays[0],
            offsets[0] + done * steps[0],
            arrays[1],
            offsets[1] + done * steps[1],
            arrays[2],
            offsets[2] + done * steps[2],
            y.array(),
            offsetY + done,
            Math.min(tile, to - from - done));
      }
    }
  }

  /** A tile filled with one value, refilled only for another. */
  private static final class Spread {
    private final float[] tile = new float[TILE];
    private int filled;

    float[] of(float value, int n) {
      if (filled < n || Float.floatToRawIntBits(tile[0]) != Float.floatToRawIntBits(value)) {
        Arrays.fill(tile, 0, n, value);
        filled = n;
      }
      return tile;
    }
  }
}
