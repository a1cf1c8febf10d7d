package org.lanewise.engine.loop;

import org.lanewise.engine.loop.LoopCode.Access;
import org.lanewise.engine.loop.LoopCode.Direction;
import org.lanewise.engine.simd.Combination;
import org.lanewise.engine.simd.Lanes;

/**
 * A loop over whole vectors, let run over any columns: those that do not fill a vector pass through
 * scratch memory that has room for a whole one. So there is one loop to compile, without masks.
 */
final class PaddedLoop {
  /** Elements of scratch that each place has. */
  private static final int TILE = 1024;

  /** They are this much apart, so that no two are a multiple of 4 KiB from each other. */
  private static final int SPACING = TILE + 80;

  private static final float[][] NONE = {};

  private static final ThreadLocal<Frame> FRAMES = ThreadLocal.withInitial(Frame::new);

  private final LoopCode code;
  private final VectorBody body;

  /** The accumulations, if they are along rows. */
  private final Combination[] rowCombinations;

  /** Whether each place is read, and is written, with an element for each column. */
  private final boolean[] read;

  private final boolean[] written;

  PaddedLoop(LoopCode code, VectorBody body) {
    this.code = code;
    this.body = body;
    rowCombinations =
        code.accumulations().stream()
            .filter(each -> each.direction() == Direction.ALONG_ROWS)
            .map(each -> Combination.of(each.kind()))
            .toArray(Combination[]::new);
    read = new boolean[code.places()];
    written = new boolean[code.places()];
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

  /** Whether it is the first tier. */
  boolean isInterpreted() {
    return body instanceof TileLoop;
  }

  /** As {@link Tiers#run}. */
  void run(float[][] arrays, int[] starts, int[] steps, int rows, int columns, float[] partials) {
    int ragged = columns % Lanes.COUNT;
    if (ragged == 0 && rowCombinations.length == 0) {
      body.run(arrays, starts, steps, rows, columns, partials);
      return;
    }
    Frame frame = FRAMES.get();
    frame.prepare(code.places());
    frame.arrays = arrays;
    frame.steps = steps;
    // Few columns go through scratch altogether: one call instead of two.
    frame.rest = ragged == 0 || columns > Combination.PARTIALS ? ragged : columns;
    frame.whole = columns - frame.rest;
    frame.pitch = Lanes.wholeVectors(frame.rest);
    int most = frame.rest == 0 ? rows : TILE / frame.pitch;
    for (int row = 0; row < rows; row += most) {
      int count = Math.min(most, rows - row);
      for (int place = 0; place < code.places(); place++) {
        frame.starts[place] = starts[place] + row * steps[place];
      }
      if (frame.rest > 0) {
        gather(frame, count);
      }
      if (rowCombinations.length == 0) {
        runBlock(frame, count, partials);
      } else {
        runRows(frame, count, partials);
      }
      if (frame.rest > 0) {
        scatter(frame, starts, row, count);
      }
    }
    frame.arrays = NONE;
  }

  private void runBlock(Frame frame, int rows, float[] partials) {
    if (frame.whole > 0) {
      body.run(frame.arrays, frame.starts, frame.steps, rows, frame.whole, partials);
    }
    body.run(frame.restArrays, frame.restStarts, frame.restSteps, rows, frame.pitch, partials);
  }

  /** Runs rows one by one, each of which becomes one element for each accumulation. */
  private void runRows(Frame frame, int rows, float[] partials) {
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < rowCombinations.length; i++) {
        rowCombinations[i].start(partials, i);
      }
      if (frame.whole > 0) {
        body.run(frame.arrays, frame.starts, frame.steps, 1, frame.whole, partials);
      }
      if (frame.rest > 0) {
        runRestOfRow(frame, partials);
      }
      for (int i = 0; i < rowCombinations.length; i++) {
        int place = code.accumulationPlace(i);
        frame.arrays[place][frame.starts[place]] =
            rowCombinations[i].finish(partials, i, frame.whole + frame.rest);
      }
      for (int place = 0; place < code.places(); place++) {
        frame.starts[place] += frame.steps[place];
        frame.restStarts[place] += frame.restSteps[place];
      }
    }
  }

  /**
   * What lies beyond the columns may join only those partial results that are none of the row's.
   */
  private void runRestOfRow(Frame frame, float[] partials) {
    if (frame.whole == 0) {
      body.run(frame.restArrays, frame.restStarts, frame.restSteps, 1, frame.pitch, partials);
      return;
    }
    int slot = frame.whole % Combination.PARTIALS;
    for (int i = 0; i < rowCombinations.length; i++) {
      int group = i * Combination.PARTIALS;
      System.arraycopy(partials, group + slot, frame.partials, group, frame.rest);
    }
    body.run(frame.restArrays, frame.restStarts, frame.restSteps, 1, frame.pitch, frame.partials);
    for (int i = 0; i < rowCombinations.length; i++) {
      int group = i * Combination.PARTIALS;
      System.arraycopy(frame.partials, group, partials, group + slot, frame.rest);
    }
  }

  /** Copies the rest of the rows of what is read to scratch memory. */
  private void gather(Frame frame, int rows) {
    for (int place = 0; place < code.places(); place++) {
      int step = frame.steps[place];
      if (read[place] || written[place]) {
        frame.restArrays[place] = frame.memory;
        frame.restStarts[place] = place * SPACING;
        frame.restSteps[place] = step == 0 ? 0 : frame.pitch;
      } else {
        frame.restArrays[place] = frame.arrays[place];
        frame.restStarts[place] = frame.starts[place];
        frame.restSteps[place] = step;
      }
      if (read[place]) {
        int from = frame.starts[place] + frame.whole;
        int count = step == 0 ? 1 : rows;
        copy(
            frame.arrays[place],
            from,
            step,
            frame.memory,
            place * SPACING,
            frame.pitch,
            count,
            frame.rest);
      }
    }
  }

  /** Copies the rest of the rows of what is written from scratch memory. */
  private void scatter(Frame frame, int[] starts, int row, int rows) {
    for (int place = 0; place < code.places(); place++) {
      if (written[place]) {
        int step = frame.steps[place];
        int to = starts[place] + row * step + frame.whole;
        int count = step == 0 ? 1 : rows;
        copy(
            frame.memory,
            place * SPACING,
            frame.pitch,
            frame.arrays[place],
            to,
            step,
            count,
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

  /** A thread's scratch, and a block of rows on its way through it. */
  private static final class Frame {
    private float[] memory = {};
    private float[] partials = {};

    /** Columns that fill vectors, columns after them, and their room in scratch memory. */
    private int whole;

    private int rest;
    private int pitch;

    /** The places of the loop. */
    private float[][] arrays = NONE;

    private int[] starts = {};
    private int[] steps = {};

    /** The places of the rest. */
    private float[][] restArrays = {};

    private int[] restStarts = {};
    private int[] restSteps = {};

    private void prepare(int places) {
      if (restArrays.length < places) {
        memory = new float[places * SPACING];
        partials = new float[places * Combination.PARTIALS];
        starts = new int[places];
        restArrays = new float[places][];
        restStarts = new int[places];
        restSteps = new int[places];
      }
    }
  }
}
