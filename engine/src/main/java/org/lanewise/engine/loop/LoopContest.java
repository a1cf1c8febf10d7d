package org.lanewise.engine.loop;

import java.util.Arrays;
import org.lanewise.engine.loop.LoopCode.Access;
import org.lanewise.engine.loop.LoopCode.Direction;
import org.lanewise.engine.reduction.ReductionOrder;
import org.lanewise.engine.vector.Contest;
import org.lanewise.engine.vector.Lanes;

/** Both tiers of a loop on a row of their own, whose columns do not fill the last vector. */
final class LoopContest implements Contest {
  private static final int COLUMNS = 32 * Lanes.COUNT + 3;

  private final LoopBody scalars;
  private final LoopBody vectors;
  private final float[][] arrays;
  private final int[] starts;
  private final int[] steps;
  private final float[] partials;

  LoopContest(LoopCode code, LoopBody scalars, LoopBody vectors) {
    this.scalars = scalars;
    this.vectors = vectors;
    arrays = new float[code.places()][COLUMNS];
    starts = new int[code.places()];
    steps = new int[code.places()];
    partials = new float[code.accumulations().size() * ReductionOrder.PARTIALS];
    for (float[] array : arrays) {
      Arrays.fill(array, 0.5f);
    }
    for (int input = 0; input < code.inputs().size(); input++) {
      steps[input] = code.inputs().get(input) == Access.ALONG ? COLUMNS : 1;
    }
    for (int output = 0; output < code.outputs().size(); output++) {
      steps[code.outputPlace(output)] = COLUMNS;
    }
    for (int i = 0; i < code.accumulations().size(); i++) {
      boolean alongRows = code.accumulations().get(i).direction() == Direction.ALONG_ROWS;
      steps[code.accumulationPlace(i)] = alongRows ? 1 : 0;
    }
  }

  @Override
  public void idle() {
    vectors.run(arrays, starts, steps, 0, COLUMNS - 3, partials);
  }

  @Override
  public void vectors() {
    vectors.run(arrays, starts, steps, 1, COLUMNS, partials);
  }

  @Override
  public void scalars() {
    scalars.run(arrays, starts, steps, 1, COLUMNS, partials);
  }
}
