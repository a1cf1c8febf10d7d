package org.lanewise.engine.program;

import java.util.List;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.loop.SingleLoops;
import org.lanewise.engine.matrix.MatrixProductKernel;
import org.lanewise.engine.matrix.TileEpilogue;
import org.lanewise.engine.movement.Movement;
import org.lanewise.engine.movement.RowKernel;
import org.lanewise.engine.operation.ArgMax;
import org.lanewise.engine.operation.BroadcastTo;
import org.lanewise.engine.operation.Concatenation;
import org.lanewise.engine.operation.CustomOperation;
import org.lanewise.engine.operation.Draw;
import org.lanewise.engine.operation.Elementwise;
import org.lanewise.engine.operation.FusibleOperation;
import org.lanewise.engine.operation.GatherRows;
import org.lanewise.engine.operation.KernelOperation;
import org.lanewise.engine.operation.Leaf;
import org.lanewise.engine.operation.MatrixProduct;
import org.lanewise.engine.operation.Operation;
import org.lanewise.engine.operation.Pad;
import org.lanewise.engine.operation.Reduction;
import org.lanewise.engine.operation.ReshapeTo;
import org.lanewise.engine.operation.ScatterAddRows;
import org.lanewise.engine.operation.Slice;
import org.lanewise.engine.operation.Transpose;
import org.lanewise.engine.reduction.ArgMaxKernel;

/** The float32 meaning of every kind of operation: which kernel computes it. */
final class Kernels {
  private Kernels() {}

  /**
   * The tensor of a node's result: for leaves and reshapes a view of an existing one, for others a
   * new one.
   */
  static Tensor place(Node node, List<Tensor> operands) {
    return switch (node.operation()) {
      case Leaf.Literal(double value) -> Tensor.scalar((float) value);
      case Leaf.Stored stored -> stored.tensor();
      case ReshapeTo(var shape) -> operands.get(0).reshape(shape);
      case FusibleOperation _, KernelOperation _ -> Tensor.zeros(node.shape());
    };
  }

  /** The value of a node, computed from those of its operands. */
  static Tensor compute(Node node, List<Tensor> operands) {
    Tensor y = place(node, operands);
    prepare(node.operation(), operands, y).run();
    return y;
  }

  /** Plans the computation of one operation into its place, to be run any number of times. */
  static Runnable prepare(Operation operation, List<Tensor> operands, Tensor y) {
    Tensor x = operands.isEmpty() ? y : operands.get(0);
    return switch (operation) {
      case Leaf _, ReshapeTo _ -> () -> {};
      case Elementwise elementwise -> SingleLoops.elementwise(elementwise, operands, y);
      case Reduction reduction -> SingleLoops.reduction(reduction, x, y);
      case ArgMax(int axis) -> ArgMaxKernel.prepare(axis, x, y);
      case Transpose(var permutation) -> Movement.transpose(permutation, x, y);
      case BroadcastTo _ -> Movement.broadcast(x, y);
      case Slice(var starts, _) -> Movement.slice(starts, x, y);
      case Pad(var before, _) -> Movement.pad(before, x, y);
      case Concatenation(int axis, _) -> Movement.concatenate(axis, operands, y);
      case MatrixProduct product ->
          MatrixProductKernel.prepare(product, x, operands.get(1), y, TileEpilogue.NONE)::run;
      case GatherRows _ -> RowKernel.gather(x, operands.get(1), y);
      case ScatterAddRows _ -> RowKernel.scatterAdd(x, operands.get(1), y);
      case Draw draw -> new DrawKernel(draw, x, y);
      case CustomOperation custom -> () -> custom.evaluate(operands, y);
    };
  }
}
