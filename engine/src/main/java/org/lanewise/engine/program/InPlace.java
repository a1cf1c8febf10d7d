package org.lanewise.engine.program;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.operation.ArgMax;
import org.lanewise.engine.operation.CustomOperation;
import org.lanewise.engine.operation.Draw;
import org.lanewise.engine.operation.FusibleOperation;
import org.lanewise.engine.operation.GatherRows;
import org.lanewise.engine.operation.KernelOperation;
import org.lanewise.engine.operation.Leaf;
import org.lanewise.engine.operation.MatrixProduct;
import org.lanewise.engine.operation.MovementOperation;
import org.lanewise.engine.operation.Operation;
import org.lanewise.engine.operation.Reduction;
import org.lanewise.engine.operation.ReshapeTo;
import org.lanewise.engine.operation.ScatterAddRows;

/**
 * Finds the values that a loop may write straight to the input they are assigned to, which spares a
 * copy at the end of a run.
 *
 * <p>For that, nothing may read the input's elements afterwards, and nothing may fail afterwards,
 * as a failed run assigns nothing.
 */
final class InPlace {
  /** A unit's reading of a leaf's tensor. */
  private record Reading(int position, Node input, Tensor tensor) {
    /** Whether the unit's loop reads each element just before it writes it to the target. */
    boolean isInStepWith(Node value, Tensor target) {
      return input.shape().equals(value.shape()) && tensor.offset() == target.offset();
    }
  }

  private final List<FusionGroup> order;
  private final TensorIndex<Node> seen = new TensorIndex<>();
  private final TensorIndex<Reading> readings = new TensorIndex<>();

  private InPlace(List<FusionGroup> order, Collection<Node> wanted) {
    this.order = order;
    for (Node node : wanted) {
      Tensor tensor = leaf(node);
      if (tensor != null) {
        seen.add(tensor, node);
      }
    }
    for (int i = 0; i < order.size(); i++) {
      for (Node input : order.get(i).inputs()) {
        Tensor tensor = leaf(input);
        if (tensor != null) {
          readings.add(tensor, new Reading(i, input, tensor));
        }
      }
    }
  }

  /**
   * The values that can be written in place, with the tensors of their inputs.
   *
   * @param order the units as they run
   * @param fusion tells which unit computes a value
   * @param assigned the tensor that each assigned value goes to, if it is just one
   * @param apart the values that results are or look at, which have places of their own
   * @param wanted the results and assigned values, some of which may look at a leaf's tensor
   */
  static Map<Node, Tensor> of(
      List<FusionGroup> order,
      Fusion fusion,
      Map<Node, Tensor> assigned,
      Set<Node> apart,
      Collection<Node> wanted) {
    InPlace inPlace = new InPlace(order, wanted);
    Map<Node, Tensor> found = new HashMap<>();
    for (int i = inPlace.lastFailure() + 1; i < order.size(); i++) {
      FusionGroup unit = order.get(i);
      for (Node value : unit.members()) {
        Tensor target = assigned.get(value);
        if (target != null
            && unit.isLoop()
            && fusion.home(value) == unit
            && !(value.operation() instanceof Reduction)
            && !apart.contains(value)
            && inPlace.isFree(target, value, i)) {
          found.put(value, target);
        }
      }
    }
    return found;
  }

  private int lastFailure() {
    int last = -1;
    for (int i = 0; i < order.size(); i++) {
      Node kernel = order.get(i).kernel();
      if (kernel != null && canFail(kernel.operation())) {
        last = i;
      }
    }
    return last;
  }

  /** Whether an operation may refuse the elements of its operands. */
  private static boolean canFail(Operation operation) {
    return switch (operation) {
      case GatherRows _, ScatterAddRows _, Draw _, CustomOperation _ -> true;
      case Leaf _,
          ReshapeTo _,
          FusibleOperation _,
          MovementOperation _,
          MatrixProduct _,
          ArgMax _ ->
          false;
    };
  }

  /** Whether a unit at a position can write to a tensor. */
  private boolean isFree(Tensor target, Node value, int position) {
    return !seen.overlaps(target)
        && readings
            .overlapping(target)
            .allMatch(
                reading ->
                    reading.position < position
                        || (reading.position == position && reading.isInStepWith(value, target)));
  }

  /** The tensor of the input or constant that a node is or looks at; null if it is computed. */
  static @Nullable Tensor leaf(Node node) {
    return switch (Fusion.source(node).operation()) {
      case Leaf.Stored stored -> stored.tensor();
      case Leaf.Literal _, ReshapeTo _, FusibleOperation _, KernelOperation _ -> null;
    };
  }
}
