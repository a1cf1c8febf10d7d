package org.lanewise.engine.loop;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.lanewise.engine.elementwise.ScalarLoop;
import org.lanewise.engine.elementwise.ScalarLoops;
import org.lanewise.engine.loop.LoopCode.Access;
import org.lanewise.engine.loop.LoopCode.Accumulation;
import org.lanewise.engine.loop.LoopCode.Direction;
import org.lanewise.engine.loop.LoopCode.Instruction;
import org.lanewise.engine.operation.Elementwise;
import org.lanewise.engine.parallel.PerThread;
import org.lanewise.engine.reduction.ReductionOrder;

/**
 * The tier of plain loops: computes the code over tiles that stay in the first-level cache, one
 * instruction at a time, each by the loop of its operation. It works at once and everywhere, and
 * tells what the loops of vectors have to compute.
 *
 * <p>A tile holds the elements of several short rows, or a part of a long one.
 */
final class TileLoop implements LoopBody {
  /** Elements of a tile: 4 KiB, a whole number of rounds of partial results. */
  private static final int TILE = LoopScratch.TILE;

  private static final PerThread<Tiles> SCRATCH = new PerThread<>(Tiles::new);

  /**
   * An instruction: its loop, and the tiles of its operands and its result. The last operand stands
   * in for those that it does not have.
   *
   * @param selectsByRow whether it selects by an input that has one number for all of a row
   */
  private record Step(ScalarLoop loop, int x, int x1, int x2, int y, boolean selectsByRow) {
    void run(float[][] tiles, int[] steps, int n) {
      if (selectsByRow && steps[x] == 0) {
        // One number for all rows decides, as where a training step is taken or not.
        System.arraycopy(tiles[tiles[x][0] != 0 ? x1 : x2], 0, tiles[y], 0, n);
      } else {
        loop.run(tiles[x], tiles[x1], tiles[x2], tiles[y], n);
      }
    }
  }

  /** A store of the value in a tile. */
  private record Store(int tile, int place) {}

  /** An accumulation of the value in a tile, the group of its partial results, and its place. */
  private record Accumulator(
      ReductionOrder order, Direction direction, int tile, int group, int place) {}

  private final LoopCode code;
  private final Step[] steps;
  private final Accumulator[] accumulators;
  private final Store[] stores;
  private final int tileCount;

  TileLoop(LoopCode code) {
    this.code = code;
    int[] tiles = tiles(code);
    tileCount = Arrays.stream(tiles).max().orElse(-1) + 1;
    steps =
        IntStream.range(0, code.instructions().size())
            .mapToObj(
                i -> step(code, code.instructions().get(i), tiles, tiles[code.inputs().size() + i]))
            .toArray(Step[]::new);
    accumulators =
        IntStream.range(0, code.accumulations().size())
            .mapToObj(i -> accumulator(code, i, tiles))
            .toArray(Accumulator[]::new);
    stores =
        IntStream.range(0, code.outputs().size())
            .mapToObj(i -> new Store(tiles[code.outputs().get(i)], code.outputPlace(i)))
            .toArray(Store[]::new);
  }

  private static Step step(LoopCode code, Instruction instruction, int[] tiles, int y) {
    List<Integer> operands = instruction.operands();
    int first = operands.get(0);
    int last = operands.size() - 1;
    return new Step(
        ScalarLoops.of(instruction.operation()),
        tiles[first],
        tiles[operands.get(Math.min(1, last))],
        tiles[operands.get(last)],
        y,
        instruction.operation() == Elementwise.SELECT
            && first < code.inputs().size()
            && code.inputs().get(first) != Access.ALONG);
  }

  private static Accumulator accumulator(LoopCode code, int i, int[] tiles) {
    Accumulation accumulation = code.accumulations().get(i);
    return new Accumulator(
        ReductionOrder.of(accumulation.kind()),
        accumulation.direction(),
        tiles[accumulation.value()],
        i,
        code.accumulationPlace(i));
  }

  /** The tile of each value: inputs have one each, results one for as long as it is needed. */
  private static int[] tiles(LoopCode code) {
    int inputs = code.inputs().size();
    int count = code.instructions().size();
    int[] lastUse = new int[code.values()];
    for (int i = 0; i < count; i++) {
      for (int operand : code.instructions().get(i).operands()) {
        lastUse[operand] = i;
      }
    }
    code.outputs().forEach(value -> lastUse[value] = count);
    code.accumulations().forEach(each -> lastUse[each.value()] = count);
    int[] tiles = new int[code.values()];
    int[] owner = new int[inputs + count];
    Arrays.fill(owner, -1);
    for (int input = 0; input < inputs; input++) {
      tiles[input] = input;
    }
    for (int i = 0; i < count; i++) {
      int tile = inputs;
      // A tile whose value is read for the last time here may take the result.
      while (owner[tile] >= 0 && lastUse[owner[tile]] > i) {
        tile++;
      }
      owner[tile] = inputs + i;
      tiles[inputs + i] = tile;
    }
    return tiles;
  }

  @Override
  public void run(
      float[][] arrays, int[] starts, int[] steps, int rows, int columns, float[] partials) {
    float[][] tiles = SCRATCH.get().tiles(tileCount);
    int most = Math.max(1, TILE / columns);
    for (int row = 0; row < rows; row += most) {
      int height = Math.min(most, rows - row);
      for (int column = 0; column < columns; column += TILE) {
        int width = Math.min(TILE, columns - column);
        load(tiles, arrays, starts, steps, row, height, column, width);
        compute(tiles, steps, height * width);
        accumulate(tiles, arrays, starts, steps, row, height, column, width, columns, partials);
        store(tiles, arrays, starts, steps, row, height, column, width);
      }
    }
  }

  private void compute(float[][] tiles, int[] steps, int n) {
    for (Step step : this.steps) {
      step.run(tiles, steps, n);
    }
  }

  private void accumulate(
      float[][] tiles,
      float[][] arrays,
      int[] starts,
      int[] steps,
      int row,
      int height,
      int column,
      int width,
      int columns,
      float[] partials) {
    for (Accumulator each : accumulators) {
      float[] y = arrays[each.place];
      int to = starts[each.place];
      if (each.direction == Direction.ALONG_COLUMNS) {
        each.order.addRows(tiles[each.tile], height, width, y, to + column);
      } else {
        int step = steps[each.place];
        int first = to + row * step;
        accumulateRows(each, tiles, height, column, width, columns, partials, y, first, step);
      }
    }
  }

  /** Outputs may lie over inputs, so they come last. */
  private void store(
      float[][] tiles,
      float[][] arrays,
      int[] starts,
      int[] steps,
      int row,
      int height,
      int column,
      int width) {
    for (Store store : stores) {
      int step = steps[store.place];
      int to = starts[store.place] + row * step + column;
      copyRows(tiles[store.tile], 0, width, arrays[store.place], to, step, height, width);
    }
  }

  /**
   * Adds the columns of a tile to the partial results of its rows; the last columns of a row give
   * its result.
   */
  private static void accumulateRows(
      Accumulator accumulator,
      float[][] tiles,
      int height,
      int column,
      int width,
      int columns,
      float[] partials,
      float[] y,
      int to,
      int step) {
    ReductionOrder order = accumulator.order;
    int group = accumulator.group;
    for (int r = 0; r < height; r++) {
      if (column == 0) {
        order.start(partials, group);
      }
      order.gather(tiles[accumulator.tile], r * width, width, partials, group);
      if (column + width == columns) {
        y[to + r * step] = order.finish(partials, group, columns);
      }
    }
  }

  /** Copies the inputs of some rows, or of a part of one, to their tiles. */
  private void load(
      float[][] tiles,
      float[][] arrays,
      int[] starts,
      int[] steps,
      int row,
      int height,
      int column,
      int width) {
    for (int input = 0; input < code.inputs().size(); input++) {
      float[] x = arrays[input];
      int step = steps[input];
      int start = starts[input] + row * step;
      float[] tile = tiles[input];
      if (code.inputs().get(input) == Access.ALONG) {
        copyRows(x, start + column, step, tile, 0, width, height, width);
      } else if (step == 0) {
        Arrays.fill(tile, 0, height * width, x[start]);
      } else {
        for (int r = 0; r < height; r++) {
          Arrays.fill(tile, r * width, (r + 1) * width, x[start + r * step]);
        }
      }
    }
  }

  /** Copies rows, all at once where they lie without gaps. */
  private static void copyRows(
      float[] x, int offset, int step, float[] y, int offsetY, int stepY, int rows, int columns) {
    if (step == columns && stepY == columns) {
      System.arraycopy(x, offset, y, offsetY, rows * columns);
      return;
    }
    for (int row = 0; row < rows; row++) {
      System.arraycopy(x, offset + row * step, y, offsetY + row * stepY, columns);
    }
  }

  /** A thread's tiles, each an array: see {@link ScalarLoop}. */
  private static final class Tiles {
    private float[][] tiles = {};

    private float[][] tiles(int count) {
      if (tiles.length < count) {
        int before = tiles.length;
        tiles = Arrays.copyOf(tiles, count);
        for (int tile = before; tile < count; tile++) {
          tiles[tile] = new float[TILE];
        }
      }
      return tiles;
    }
  }
}
