package org.lanewise.engine.loop;

import org.lanewise.engine.loop.LoopCode.Access;
import org.lanewise.engine.loop.LoopCode.Direction;
import org.lanewise.engine.parallel.PerThread;
import org.lanewise.engine.reduction.ReductionOrder;
import org.lanewise.engine.vector.Lanes;

/**
 * Runs a loop over whole vectors over any number of columns: those that do not fill a vector pass
 * through scratch memory that has room for a whole one. So there is one loop to compile, without
 * masks.
 */
final class PaddedLoop implements LoopBody {
  private static final float[] NO_TILES = {};

  private static final PerThread<Frame> FRAMES = new PerThread<>(Frame::new);

  private final WholeVectorLoop body;
  private final int places;

  /** The tiles of scratch that the body needs. */
  private final int tiles;

  /** The accumulations, if they are along rows. */
  private final ReductionOrder[] rowCombinations;

  /** The place of the first accumulation. */
  private final int firstAccumulation;

  /** Whether each place is read, and is written, with an element for each column. */
  private final boolean[] read;

  private final boolean[] written;

  PaddedLoop(LoopCode code, WholeVectorLoop body) {
    this.body = body;
    places = code.places();
    tiles = body.tiles();
    firstAccumulation = code.accumulationPlace(0);
    rowCombinations =
        code.accumulations().stream()
            .filter(each -> each.direction() == Direction.ALONG_ROWS)
            .map(each -> ReductionOrder.of(each.kind()))
            .toArray(ReductionOrder[]::new);
    read = new boolean[places];
    written = new boolean[places];
    for (int input = 0; input < code.inputs().size(); input++) {
      read[input] = code.inputs().get(input) == Access.ALONG;
    }
    for (int output = 0; output < code.outputs().size(); output++) {
      written[code.outputPlace(output)] = true;
    }
    for (int i = 0; i < code.accumulations().size(); i++) {
      boolean alongColumns = code.accumulations().get(i).direction() == Direction.ALONG_COLUMNS;
      read[code.accumulationPlace(i)] = alongColumns;
      written[code.accumulationPlace(i)] = alongColumns;
    }
  }

  @Override
  public void run(
      float[][] arrays, int[] starts, int[] steps, int rows, int columns, float[] partials) {
    int ragged = columns % Lanes.COUNT;
    // Few columns go through scratch altogether: one call instead of two.
    int rest = ragged == 0 || columns > ReductionOrder.PARTIALS ? ragged : columns;
    int whole = columns - rest;
    if (rowCombinations.length > 0) {
      runRows(arrays, starts, steps, rows, whole, rest, partials);
      return;
    }
    if (whole > 0) {
      runWhole(arrays, starts, steps, 0, rows, whole, partials);
    }
    if (rest > 0) {
      runRest(arrays, starts, steps, rows, whole, rest, partials);
    }
  }

  private void runWhole(
      float[][] arrays,
      int[] starts,
      int[] steps,
      int row,
      int rows,
      int columns,
      float[] partials) {
    float[] memory = tiles > 0 ? LoopScratch.current().tiles(tiles) : NO_TILES;
    body.run(arrays, starts, steps, row, rows, 0, columns, partials, memory);
  }

  /** Runs the columns after whole vectors, as many rows at a time as scratch has room for. */
  private void runRest(
      float[][] arrays,
      int[] starts,
      int[] steps,
      int rows,
      int whole,
      int rest,
      float[] partials) {
    Frame frame = FRAMES.get();
    frame.prepare(places, tiles, whole, rest);
    int most = LoopScratch.TILE / frame.pitch;
    for (int row = 0; row < rows; row += most) {
      int count = Math.min(most, rows - row);
      gather(frame, arrays, starts, steps, row, count);
      frame.run(body, 0, count, partials);
      scatter(frame, arrays, starts, steps, row, count);
    }
  }

  /**
   * Runs rows one by one, each of which becomes one element for each accumulation. The columns
   * after whole vectors go to scratch memory and back for many rows at a time.
   */
  private void runRows(
      float[][] arrays,
      int[] starts,
      int[] steps,
      int rows,
      int whole,
      int rest,
      float[] partials) {
    Frame frame = FRAMES.get();
    frame.prepare(places, tiles, whole, rest);
    int most = rest == 0 ? rows : LoopScratch.TILE / frame.pitch;
    for (int first = 0; first < rows; first += most) {
      int count = Math.min(most, rows - first);
      if (rest > 0) {
        gather(frame, arrays, starts, steps, first, count);
      }
      for (int row = 0; row < count; row++) {
        for (int i = 0; i < rowCombinations.length; i++) {
          rowCombinations[i].start(partials, i);
        }
        if (whole > 0) {
          runWhole(arrays, starts, steps, first + row, 1, whole, partials);
        }
        if (rest > 0) {
          runRestOfRow(frame, row, partials);
        }
        for (int i = 0; i < rowCombinations.length; i++) {
          int place = firstAccumulation + i;
          arrays[place][starts[place] + (first + row) * steps[place]] =
              rowCombinations[i].finish(partials, i, whole + rest);
        }
      }
      if (rest > 0) {
        scatter(frame, arrays, starts, steps, first, count);
      }
    }
  }

  /**
   * Runs the columns after whole vectors of a row in scratch memory. The padding after them is
   * combined as well, but into partial results that are not the row's.
   */
  private void runRestOfRow(Frame frame, int row, float[] partials) {
    if (frame.whole == 0) {
      frame.run(body, row, 1, partials);
      return;
    }
    int slot = frame.whole % ReductionOrder.PARTIALS;
    for (int i = 0; i < rowCombinations.length; i++) {
      int group = i * ReductionOrder.PARTIALS;
      System.arraycopy(partials, group + slot, frame.partials, group, frame.rest);
    }
    frame.run(body, row, 1, frame.partials);
    for (int i = 0; i < rowCombinations.length; i++) {
      int group = i * ReductionOrder.PARTIALS;
      System.arraycopy(frame.partials, group, partials, group + slot, frame.rest);
    }
  }

  /** Copies the rest of some rows to scratch memory, for the places that are read. */
  private void gather(Frame frame, float[][] arrays, int[] starts, int[] steps, int row, int rows) {
    for (int place = 0; place < places; place++) {
      int step = steps[place];
      int start = starts[place] + row * step;
      if (read[place] || written[place]) {
        frame.arrays[place] = frame.memory;
        frame.starts[place] = frame.tile(place);
        frame.steps[place] = step == 0 ? 0 : frame.pitch;
      } else {
        frame.arrays[place] = arrays[place];
        frame.starts[place] = start;
        frame.steps[place] = step;
      }
      if (read[place]) {
        copy(
            arrays[place],
            start + frame.whole,
            step,
            frame.memory,
            frame.tile(place),
            frame.pitch,
            step == 0 ? 1 : rows,
            frame.rest);
      }
    }
  }

  /** Copies the rest of some rows from scratch memory, for the places that are written. */
  private void scatter(
      Frame frame, float[][] arrays, int[] starts, int[] steps, int row, int rows) {
    for (int place = 0; place < places; place++) {
      if (written[place]) {
        int step = steps[place];
        copy(
            frame.memory,
            frame.tile(place),
            frame.pitch,
            arrays[place],
            starts[place] + row * step + frame.whole,
            step,
            step == 0 ? 1 : rows,
            frame.rest);
      }
    }
  }

  /** Copies n elements of each row. */
  private static void copy(
      float[] x, int offset, int step, float[] y, int offsetY, int stepY, int rows, int n) {
    for (int row = 0; row < rows; row++) {
      int from = offset + row * step;
      int to = offsetY + row * stepY;
      // A call of arraycopy would take longer.
      for (int i = 0; i < n; i++) {
        y[to + i] = x[from + i];
      }
    }
  }

  /** A thread's scratch: the places of the rest of a block of rows on its way through it. */
  private static final class Frame {
    private final LoopScratch scratch = LoopScratch.current();
    private float[] partials = {};
    private float[][] arrays = {};
    private int[] starts = {};
    private int[] steps = {};

    /** The tiles of the body, and after them those of the places. */
    private float[] memory = {};

    private int bodyTiles;

    /** Columns that fill vectors, columns after them, and their room in scratch memory. */
    private int whole;

    private int rest;
    private int pitch;

    private void prepare(int places, int bodyTiles, int whole, int rest) {
      if (arrays.length < places) {
        partials = new float[places * ReductionOrder.PARTIALS];
        arrays = new float[places][];
        starts = new int[places];
        steps = new int[places];
      }
      memory = scratch.tiles(bodyTiles + places);
      this.bodyTiles = bodyTiles;
      this.whole = whole;
      this.rest = rest;
      pitch = Lanes.wholeVectors(rest);
    }

    private int tile(int place) {
      return (bodyTiles + place) * LoopScratch.SPACING;
    }

    private void run(WholeVectorLoop body, int row, int rows, float[] partials) {
      body.run(arrays, starts, steps, row, rows, 0, pitch, partials, memory);
    }
  }
}
