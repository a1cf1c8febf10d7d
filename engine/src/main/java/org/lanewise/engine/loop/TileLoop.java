package org.lanewise.engine.loop;

import java.util.Arrays;
import java.util.List;
import org.lanewise.engine.loop.LoopCode.Access;
import org.lanewise.engine.loop.LoopCode.Accumulation;
import org.lanewise.engine.loop.LoopCode.Instruction;
import org.lanewise.engine.operation.Elementwise;
import org.lanewise.engine.simd.Combination;
import org.lanewise.engine.simd.ElementwiseKernel;
import org.lanewise.engine.simd.ElementwiseLoop;

/**
 * The first tier: interprets the code over tiles that stay in the first-level cache, one
 * instruction at a time, each by the loop that its operation has anyway. Needs no class of its own,
 * so it works at once.
 */
final class TileLoop implements VectorBody {
  /** Elements of a tile: 4 KiB, a whole number of rounds of partial results. */
  private static final int TILE = 1024;

  /** Tiles are this much apart, so that no two are a multiple of 4 KiB from each other. */
  private static final int SPACING = TILE + 80;

  private static final ThreadLocal<Frame> FRAMES = ThreadLocal.withInitial(Frame::new);

  private final LoopCode code;
  private final ElementwiseLoop[] loops;
  private final ElementwiseLoop[] combiners;

  /** The tile of each value that has one, −1 for inputs that are read where they are. */
  private final int[] tiles;

  private final int tileCount;

  TileLoop(LoopCode code) {
    this.code = code;
    loops =
        code.instructions().stream()
            .map(instruction -> loop(instruction.operation()))
            .toArray(ElementwiseLoop[]::new);
    combiners =
        code.accumulations().stream()
            .map(each -> loop(Combination.of(each.kind()).operation()))
            .toArray(ElementwiseLoop[]::new);
    tiles = new int[code.values()];
    tileCount = placeTiles();
  }

  private static ElementwiseLoop loop(Elementwise operation) {
    return ElementwiseKernel.of(operation).loop();
  }

  /** Gives each value a tile for as long as it is needed. */
  private int placeTiles() {
    int inputs = code.inputs().size();
    int[] lastUse = new int[code.values()];
    for (int i = 0; i < loops.length; i++) {
      for (int operand : code.instructions().get(i).operands()) {
        lastUse[operand] = i;
      }
    }
    code.outputs().forEach(value -> lastUse[value] = loops.length);
    code.accumulations().forEach(each -> lastUse[each.value()] = loops.length);
    int count = 0;
    for (int input = 0; input < inputs; input++) {
      tiles[input] = code.inputs().get(input) == Access.REPEATED ? count++ : -1;
    }
    int[] owner = new int[count + loops.length];
    Arrays.fill(owner, -1);
    int used = count;
    for (int i = 0; i < loops.length; i++) {
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
  public void run(
      float[][] arrays, int[] starts, int[] steps, int rows, int columns, float[] partials) {
    Frame frame = FRAMES.get();
    frame.prepare(tileCount, code.values());
    for (int row = 0; row < rows; row++) {
      spread(frame, arrays, starts, steps, row, Math.min(TILE, columns));
      for (int from = 0; from < columns; from += TILE) {
        tile(frame, arrays, starts, steps, row, from, Math.min(TILE, columns - from), partials);
      }
    }
  }

  /** Fills the tiles of repeated inputs, unless they still hold what the row before had. */
  private void spread(Frame frame, float[][] arrays, int[] starts, int[] steps, int row, int n) {
    for (int input = 0; input < code.inputs().size(); input++) {
      if (code.inputs().get(input) == Access.REPEATED && (row == 0 || steps[input] != 0)) {
        int at = tiles[input] * SPACING;
        float value = arrays[input][starts[input] + row * steps[input]];
        Arrays.fill(frame.memory, at, at + n, value);
        frame.where[input] = frame.memory;
        frame.at[input] = at;
      }
    }
  }

  private void tile(
      Frame frame,
      float[][] arrays,
      int[] starts,
      int[] steps,
      int row,
      int from,
      int n,
      float[] partials) {
    float[][] where = frame.where;
    int[] at = frame.at;
    int inputs = code.inputs().size();
    for (int input = 0; input < inputs; input++) {
      if (tiles[input] < 0) {
        where[input] = arrays[input];
        at[input] = starts[input] + row * steps[input] + from;
      }
    }
    for (int i = 0; i < loops.length; i++) {
      Instruction instruction = code.instructions().get(i);
      List<Integer> operands = instruction.operands();
      // Operands that the operation does not have are never read: the last one stands in for them.
      int x = operands.get(0);
      int x1 = operands.get(Math.min(1, operands.size() - 1));
      int x2 = operands.get(operands.size() - 1);
      int y = inputs + i;
      where[y] = frame.memory;
      at[y] = tiles[y] * SPACING;
      loops[i].run(where[x], at[x], where[x1], at[x1], where[x2], at[x2], where[y], at[y], n);
    }
    // Outputs may lie over inputs, so they come last, first of all those that are inputs
    // themselves.
    for (int i = 0; i < combiners.length; i++) {
      Accumulation accumulation = code.accumulations().get(i);
      int value = accumulation.value();
      switch (accumulation.direction()) {
        case ALONG_COLUMNS -> {
          int place = code.accumulationPlace(i);
          combine(i, arrays[place], starts[place] + from, where[value], at[value], n);
        }
        case ALONG_ROWS -> {
          for (int done = 0; done < n; done += Combination.PARTIALS) {
            int count = Math.min(Combination.PARTIALS, n - done);
            combine(i, partials, i * Combination.PARTIALS, where[value], at[value] + done, count);
          }
        }
      }
    }
    store(frame, arrays, starts, steps, row, from, n, true);
    store(frame, arrays, starts, steps, row, from, n, false);
  }

  private void store(
      Frame frame,
      float[][] arrays,
      int[] starts,
      int[] steps,
      int row,
      int from,
      int n,
      boolean inputs) {
    for (int output = 0; output < code.outputs().size(); output++) {
      int value = code.outputs().get(output);
      if (value < code.inputs().size() == inputs) {
        int place = code.outputPlace(output);
        int to = starts[place] + row * steps[place] + from;
        System.arraycopy(frame.where[value], frame.at[value], arrays[place], to, n);
      }
    }
  }

  private void combine(int accumulation, float[] into, int offset, float[] x, int at, int n) {
    combiners[accumulation].run(into, offset, x, at, x, at, into, offset, n);
  }

  /** A thread's tiles, and where each value is to be found. */
  private static final class Frame {
    private float[] memory = {};
    private float[][] where = {};
    private int[] at = {};

    private void prepare(int tiles, int values) {
      if (memory.length < tiles * SPACING) {
        memory = new float[tiles * SPACING];
      }
      if (at.length < values) {
        where = new float[values][];
        at = new int[values];
      }
    }
  }
}
