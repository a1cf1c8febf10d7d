package org.lanewise.engine.loop;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.lanewise.engine.elementwise.ElementwiseLoop;
import org.lanewise.engine.elementwise.ElementwiseLoops;
import org.lanewise.engine.loop.LoopCode.Access;
import org.lanewise.engine.loop.LoopCode.Accumulation;
import org.lanewise.engine.loop.LoopCode.Direction;
import org.lanewise.engine.loop.LoopCode.Instruction;
import org.lanewise.engine.operation.Elementwise;
import org.lanewise.engine.parallel.PerThread;
import org.lanewise.engine.reduction.ReductionOrder;

/**
 * The first tier: interprets the code over tiles that stay in the first-level cache, one
 * instruction at a time, each by the loop of its operation. Needs no class of its own, so it works
 * at once.
 */
final class TileLoop implements WholeVectorLoop {
  private static final int TILE = LoopScratch.TILE;

  private static final PerThread<Frame> FRAMES = new PerThread<>(Frame::new);

  /**
   * An instruction: its loop, and the numbers of its operands and its result. The last operand
   * stands in for those that it does not have.
   */
  private record Step(ElementwiseLoop loop, int x, int x1, int x2, int y) {
    void run(float[][] where, int[] at, int n) {
      loop.run(where[x], at[x], where[x1], at[x1], where[x2], at[x2], where[y], at[y], n);
    }
  }

  /** A store of a value. */
  private record Store(int value, int place) {}

  /** An accumulation of a value. */
  private record Accumulator(ElementwiseLoop loop, int value, int place, int group) {
    void run(float[] into, int offset, float[] x, int at, int n) {
      loop.run(into, offset, x, at, x, at, into, offset, n);
    }
  }

  private final LoopCode code;
  private final Step[] instructions;
  private final Accumulator[] accumulators;

  /** The stores, those of inputs first, because a stored result may lie over an input. */
  private final Store[] stores;

  /** The tile of each value that has one, −1 for inputs that are read where they are. */
  private final int[] tiles;

  private final int tileCount;

  TileLoop(LoopCode code) {
    this.code = code;
    instructions =
        IntStream.range(0, code.instructions().size())
            .mapToObj(i -> step(code.instructions().get(i), code.inputs().size() + i))
            .toArray(Step[]::new);
    accumulators =
        IntStream.range(0, code.accumulations().size())
            .mapToObj(this::accumulator)
            .toArray(Accumulator[]::new);
    stores =
        IntStream.range(0, code.outputs().size())
            .mapToObj(output -> new Store(code.outputs().get(output), code.outputPlace(output)))
            .sorted(Comparator.comparing(store -> store.value >= code.inputs().size()))
            .toArray(Store[]::new);
    tiles = new int[code.values()];
    tileCount = placeTiles();
  }

  private static Step step(Instruction instruction, int y) {
    List<Integer> operands = instruction.operands();
    int last = operands.size() - 1;
    // Operands that the operation does not have are never read: the last one stands in for them.
    return new Step(
        loop(instruction.operation()),
        operands.get(0),
        operands.get(Math.min(1, last)),
        operands.get(last),
        y);
  }

  private Accumulator accumulator(int i) {
    Accumulation accumulation = code.accumulations().get(i);
    boolean alongRows = accumulation.direction() == Direction.ALONG_ROWS;
    return new Accumulator(
        loop(ReductionOrder.of(accumulation.kind()).operation()),
        accumulation.value(),
        code.accumulationPlace(i),
        alongRows ? i * ReductionOrder.PARTIALS : -1);
  }

  private static ElementwiseLoop loop(Elementwise operation) {
    return ElementwiseLoops.of(operation);
  }

  /** Gives each value a tile for as long as it is needed. */
  private int placeTiles() {
    int inputs = code.inputs().size();
    int[] lastUse = new int[code.values()];
    for (int i = 0; i < instructions.length; i++) {
      for (int operand : code.instructions().get(i).operands()) {
        lastUse[operand] = i;
      }
    }
    code.outputs().forEach(value -> lastUse[value] = instructions.length);
    code.accumulations().forEach(each -> lastUse[each.value()] = instructions.length);
    int count = 0;
    for (int input = 0; input < inputs; input++) {
      tiles[input] = code.inputs().get(input) == Access.REPEATED ? count++ : -1;
    }
    int[] owner = new int[count + instructions.length];
    Arrays.fill(owner, -1);
    int used = count;
    for (int i = 0; i < instructions.length; i++) {
      int tile = count;
      // A tile whose value is read for the last time here may take the result.
      while (owner[tile] >= 0 && lastUse[owner[tile]] > i) {
        tile++;
      }
      owner[tile] = inputs + i;
      tiles[inputs + i] = tile;
      used = Math.max(used, tile + 1);
    }
    return used;
  }

  @Override
  public int tiles() {
    return tileCount;
  }

  @Override
  public void run(
      float[][] arrays,
      int[] starts,
      int[] steps,
      int row,
      int rows,
      int column,
      int columns,
      float[] partials,
      float[] memory) {
    Frame frame = FRAMES.get();
    frame.prepare(tiles, memory);
    for (int y = row; y < row + rows; y++) {
      spread(frame, arrays, starts, steps, y, y == row, Math.min(TILE, columns));
      for (int x = 0; x < columns; x += TILE) {
        int n = Math.min(TILE, columns - x);
        locate(frame, arrays, starts, steps, y, column + x);
        for (Step instruction : instructions) {
          instruction.run(frame.where, frame.at, n);
        }
        for (Accumulator accumulator : accumulators) {
          accumulate(frame, accumulator, arrays, starts, column + x, n, partials);
        }
        // Outputs may lie over inputs, so they come last.
        for (Store store : stores) {
          int to = starts[store.place] + y * steps[store.place] + column + x;
          System.arraycopy(
              frame.where[store.value], frame.at[store.value], arrays[store.place], to, n);
        }
      }
    }
  }

  /** Fills the tiles of repeated inputs, unless they still hold the value of the row before. */
  private void spread(
      Frame frame, float[][] arrays, int[] starts, int[] steps, int row, boolean first, int n) {
    for (int input = 0; input < code.inputs().size(); input++) {
      if (tiles[input] >= 0 && (first || steps[input] != 0)) {
        float value = arrays[input][starts[input] + row * steps[input]];
        Arrays.fill(frame.where[input], frame.at[input], frame.at[input] + n, value);
      }
    }
  }

  /** Finds the inputs that are read where they are. */
  private void locate(
      Frame frame, float[][] arrays, int[] starts, int[] steps, int row, int column) {
    for (int input = 0; input < code.inputs().size(); input++) {
      if (tiles[input] < 0) {
        frame.where[input] = arrays[input];
        frame.at[input] = starts[input] + row * steps[input] + column;
      }
    }
  }

  private static void accumulate(
      Frame frame,
      Accumulator accumulator,
      float[][] arrays,
      int[] starts,
      int column,
      int n,
      float[] partials) {
    float[] x = frame.where[accumulator.value];
    int at = frame.at[accumulator.value];
    if (accumulator.group < 0) {
      accumulator.run(arrays[accumulator.place], starts[accumulator.place] + column, x, at, n);
      return;
    }
    for (int done = 0; done < n; done += ReductionOrder.PARTIALS) {
      int count = Math.min(ReductionOrder.PARTIALS, n - done);
      accumulator.run(partials, accumulator.group, x, at + done, count);
    }
  }

  /** The array and the position of each value. */
  private static final class Frame {
    private float[][] where = {};
    private int[] at = {};

    /** Gives the values that have a tile their place. */
    private void prepare(int[] tiles, float[] memory) {
      if (at.length < tiles.length) {
        where = new float[tiles.length][];
        at = new int[tiles.length];
      }
      for (int value = 0; value < tiles.length; value++) {
        where[value] = memory;
        at[value] = tiles[value] * LoopScratch.SPACING;
      }
    }
  }
}
