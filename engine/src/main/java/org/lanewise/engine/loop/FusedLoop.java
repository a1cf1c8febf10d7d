package org.lanewise.engine.loop;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.loop.Chain.Walk;
import org.lanewise.engine.loop.LoopCode.Direction;
import org.lanewise.engine.parallel.Workers;
import org.lanewise.engine.reduction.ReductionOrder;
import org.lanewise.engine.vector.BroadcastPlan;
import org.lanewise.engine.vector.Tiers;

/**
 * A {@link Chain} over given tensors, planned once. A run allocates nothing.
 *
 * <p>The space is walked as rows of columns, of which there may be several by outer loops. The work
 * is cut into tasks that no lane width and no number of threads changes: pieces of rectangles, for
 * accumulations along columns blocks of rows, for those along rows blocks of the row. The results
 * of blocks are folded at the end, as {@link ReductionOrder} says.
 */
public final class FusedLoop {
  /** Elements that are worth a task of their own. */
  private static final int GRAIN = 32 * 1024;

  /** From so many rows on it is enough to share out rows, and tasks need not divide columns too. */
  private static final int MANY_ROWS = 1024;

  /** The most columns whose accumulations stay in the nearest cache beside a loop's other data. */
  private static final int MANY_COLUMNS = 1024;

  private final LoopCode code;
  private final BroadcastPlan plan;
  private final TieredLoop body;
  private final ReductionOrder[] combinations;

  private final float[][] arrays;
  private final int[] bases;
  private final int[] rowSteps;

  /** The arrays that tasks use: those of blocks' results in the place of final results. */
  private final float[][] blockArrays;

  private final int[] blockSteps;
  private final int rows;
  private final int columns;
  private final int outer;
  private final int taskRows;
  private final int taskColumns;
  private final int rowTasks;
  private final int columnTasks;
  private final boolean alongColumns;

  /** Whether rows are so long that their reductions have several blocks. */
  private final boolean longRows;

  private final IntConsumer task = this::runTask;

  /**
   * Plans a chain.
   *
   * @param chain a chain that fits one loop, over at least one element
   * @param places the tensors of its inputs, outputs and reductions, so ordered; an output may lie
   *     exactly over an input of its shape, and over nothing else
   */
  public FusedLoop(Chain chain, List<Tensor> places) {
    Walk walk = walk(chain);
    plan = walk.plan();
    code = walk.code();
    body = TieredLoop.of(code);
    combinations =
        code.accumulations().stream()
            .map(each -> ReductionOrder.of(each.kind()))
            .toArray(ReductionOrder[]::new);
    arrays = places.stream().map(Tensor::storage).toArray(float[][]::new);
    bases = places.stream().mapToInt(Tensor::offset).toArray();
    int loops = plan.lengths.length;
    columns = plan.inner();
    rows = loops > 1 ? plan.lengths[loops - 2] : 1;
    outer = plan.rows() / rows;
    rowSteps = new int[arrays.length];
    for (int place = 0; place < arrays.length; place++) {
      rowSteps[place] = loops > 1 ? plan.strides[place][loops - 2] : 0;
    }
    alongColumns = code.accumulates(Direction.ALONG_COLUMNS);
    longRows = code.accumulates(Direction.ALONG_ROWS) && columns > ReductionOrder.ROW_BLOCK;
    if (alongColumns) {
      taskRows = ReductionOrder.BLOCK;
      taskColumns =
          Math.min(columns, rows < MANY_ROWS ? GRAIN / ReductionOrder.BLOCK : MANY_COLUMNS);
    } else if (longRows) {
      taskRows = 1;
      taskColumns = GRAIN;
    } else if (columns > GRAIN) {
      taskRows = 1;
      taskColumns = GRAIN;
    } else {
      taskRows = Math.max(1, GRAIN / columns);
      taskColumns = columns;
    }
    rowTasks = Math.ceilDiv(rows, taskRows);
    columnTasks = Math.ceilDiv(columns, taskColumns);
    blockArrays = arrays.clone();
    blockSteps = rowSteps.clone();
    planBlocks();
  }

  private static Walk walk(Chain chain) {
    Walk walk = chain.walk();
    if (walk == null) {
      throw new IllegalArgumentException("fused loop: the reductions do not fit one loop");
    }
    return walk;
  }

  private void planBlocks() {
    for (int i = 0; i < combinations.length; i++) {
      int place = code.accumulationPlace(i);
      if (longRows) {
        blockArrays[place] = new float[Math.multiplyExact(outer * rows, blocksOfRow())];
      } else if (alongColumns) {
        blockArrays[place] = new float[Math.multiplyExact(outer * rowTasks, columns)];
      }
    }
    if (longRows) {
      // The blocks of a row are walked as if they were rows.
      for (int place = 0; place < arrays.length; place++) {
        boolean repeated = plan.repeats(place);
        blockSteps[place] = repeated ? 0 : ReductionOrder.ROW_BLOCK;
      }
      for (int i = 0; i < combinations.length; i++) {
        blockSteps[code.accumulationPlace(i)] = 1;
      }
    }
  }

  private int blocksOfRow() {
    return Math.ceilDiv(columns, ReductionOrder.ROW_BLOCK);
  }

  /** Runs the loop. */
  public void run() {
    Workers.forEach(outer * rowTasks * columnTasks, task);
    if (longRows) {
      combineBlocksOfRows();
    } else if (alongColumns) {
      combineBlocksOfColumns();
    }
  }

  private void runTask(int number) {
    LoopScratch scratch = LoopScratch.current();
    int[] starts = scratch.starts(arrays.length);
    float[] partials = scratch.partials(combinations.length);
    int from = number % columnTasks * taskColumns;
    int rowTask = number / columnTasks % rowTasks;
    int outerIndex = number / columnTasks / rowTasks;
    int row = rowTask * taskRows;
    int n = Math.min(taskColumns, columns - from);
    for (int place = 0; place < arrays.length; place++) {
      int start = bases[place] + plan.start(place, outerIndex * rows + row);
      starts[place] = plan.repeats(place) ? start : start + from;
    }
    if (longRows) {
      runBlocksOfRow(starts, partials, outerIndex * rows + row, from, n);
      return;
    }
    if (alongColumns) {
      startBlockOfColumns(starts, outerIndex * rowTasks + rowTask, from, n);
    }
    int count = Math.min(taskRows, rows - row);
    body.run(blockArrays, starts, rowSteps, count, n, partials);
  }

  private void runBlocksOfRow(int[] starts, float[] partials, int row, int from, int n) {
    int firstBlock = row * blocksOfRow() + from / ReductionOrder.ROW_BLOCK;
    for (int i = 0; i < combinations.length; i++) {
      starts[code.accumulationPlace(i)] = firstBlock;
    }
    int whole = n / ReductionOrder.ROW_BLOCK;
    if (whole > 0) {
      body.run(blockArrays, starts, blockSteps, whole, ReductionOrder.ROW_BLOCK, partials);
      for (int place = 0; place < arrays.length; place++) {
        starts[place] += whole * blockSteps[place];
      }
    }
    int rest = n % ReductionOrder.ROW_BLOCK;
    if (rest > 0) {
      body.run(blockArrays, starts, blockSteps, 1, rest, partials);
    }
  }

  private void startBlockOfColumns(int[] starts, int block, int from, int n) {
    for (int i = 0; i < combinations.length; i++) {
      int place = code.accumulationPlace(i);
      int start = block * columns + from;
      starts[place] = start;
      Arrays.fill(blockArrays[place], start, start + n, combinations[i].identity());
    }
  }

  private void combineBlocksOfRows() {
    int blocks = blocksOfRow();
    for (int i = 0; i < combinations.length; i++) {
      int place = code.accumulationPlace(i);
      for (int row = 0; row < outer * rows; row++) {
        combinations[i].fold(blockArrays[place], row * blocks, blocks);
        float result = blockArrays[place][row * blocks];
        arrays[place][bases[place] + plan.start(place, row)] = result;
      }
    }
  }

  private void combineBlocksOfColumns() {
    for (int i = 0; i < combinations.length; i++) {
      int place = code.accumulationPlace(i);
      float[] results = blockArrays[place];
      for (int o = 0; o < outer; o++) {
        int first = o * rowTasks * columns;
        for (int half = ReductionOrder.half(rowTasks); half > 0; half = ReductionOrder.half(half)) {
          for (int block = half; block < Math.min(rowTasks, 2 * half); block++) {
            int at = first + block * columns;
            int to = at - half * columns;
            combinations[i].combine(results, at, results, to, columns);
          }
        }
        int offset = bases[place] + plan.start(place, o * rows);
        System.arraycopy(results, first, arrays[place], offset, columns);
      }
    }
  }

  /**
   * Which tier runs the loop.
   *
   * @return the tiers of its code
   */
  public Tiers tiers() {
    return body.tiers();
  }
}
