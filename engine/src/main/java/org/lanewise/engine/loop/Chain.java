package org.lanewise.engine.loop;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.loop.LoopCode.Access;
import org.lanewise.engine.loop.LoopCode.Accumulation;
import org.lanewise.engine.loop.LoopCode.Direction;
import org.lanewise.engine.loop.LoopCode.Instruction;
import org.lanewise.engine.operation.Reduction;
import org.lanewise.engine.vector.BroadcastPlan;

/**
 * A chain of elementwise operations over one shape, to be run as one loop. Values are numbered as
 * in {@link LoopCode}.
 *
 * @param space the shape that every instruction's result has
 * @param inputs the shapes of the inputs, which broadcast to the space
 * @param instructions the operations, operands before their users
 * @param outputs the values that are stored, each of the shape of the space
 * @param reductions the reductions that end it
 */
public record Chain(
    Shape space,
    List<Shape> inputs,
    List<Instruction> instructions,
    List<Integer> outputs,
    List<Reduced> reductions) {

  /**
   * A reduction that ends the chain.
   *
   * @param value the number of the value that is reduced
   * @param reduction over which axes, and how
   */
  public record Reduced(int value, Reduction reduction) {}

  /** A chain as loops: the walk over the places, and the code that is run at each. */
  record Walk(BroadcastPlan plan, LoopCode code) {}

  /**
   * Whether one loop can run the chain: all reductions are along its rows, or all along its
   * columns.
   *
   * @return true if it can
   */
  public boolean fits() {
    return walk() != null;
  }

  /** The loops; null if reductions are neither all along their rows nor all along columns. */
  @Nullable Walk walk() {
    List<Shape> places = new ArrayList<>(inputs);
    outputs.forEach(output -> places.add(space));
    for (Reduced reduced : reductions) {
      places.add(reduced.reduction.resultShape(List.of(space)));
    }
    BroadcastPlan plan = BroadcastPlan.of(places, space);
    List<Accumulation> accumulations = new ArrayList<>();
    for (int i = 0; i < reductions.size(); i++) {
      Direction direction = direction(plan, inputs.size() + outputs.size() + i);
      if (direction == null
          || (!accumulations.isEmpty() && accumulations.get(0).direction() != direction)) {
        return null;
      }
      Reduced reduced = reductions.get(i);
      accumulations.add(new Accumulation(reduced.value, reduced.reduction.kind(), direction));
    }
    List<Access> accesses = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      accesses.add(plan.repeats(i) ? Access.REPEATED : Access.ALONG);
    }
    return new Walk(plan, new LoopCode(accesses, instructions, outputs, accumulations));
  }

  private static @Nullable Direction direction(BroadcastPlan plan, int place) {
    int[] strides = plan.strides[place];
    int last = strides.length - 1;
    int zero = -1;
    for (int loop = 0; loop <= last; loop++) {
      if (strides[loop] == 0) {
        if (zero >= 0) {
          return null;
        }
        zero = loop;
      }
    }
    if (zero == last) {
      return Direction.ALONG_ROWS;
    }
    return zero == last - 1 && zero >= 0 ? Direction.ALONG_COLUMNS : null;
  }
}
