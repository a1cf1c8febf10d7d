package org.lanewise.engine.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.loop.Chain.Reduced;
import org.lanewise.engine.loop.LoopCode.Instruction;
import org.lanewise.engine.operation.Elementwise;
import org.lanewise.engine.operation.Reduction;
import org.lanewise.engine.reduction.ReductionOrder;

/** Elementwise operations and reductions by themselves: chains of one, run as loops like others. */
public final class SingleLoops {
  private SingleLoops() {}

  /**
   * Plans an elementwise operation.
   *
   * @param operation the operation
   * @param operands tensors whose shapes broadcast to that of the result
   * @param y receives the result
   * @return what computes it, as often as it is run
   */
  public static Runnable elementwise(Elementwise operation, List<Tensor> operands, Tensor y) {
    if (y.size() == 0) {
      return () -> {};
    }
    List<Integer> numbers = IntStream.range(0, operands.size()).boxed().toList();
    Chain chain =
        new Chain(
            y.shape(),
            operands.stream().map(Tensor::shape).toList(),
            List.of(new Instruction(operation, numbers)),
            List.of(operands.size()),
            List.of());
    List<Tensor> places = new ArrayList<>(operands);
    places.add(y);
    return new FusedLoop(chain, places)::run;
  }

  /**
   * Plans a reduction over any axes. Neighbouring axes count as one. Axes that are not neighbours
   * are reduced one after the other, the innermost first.
   *
   * @param reduction how elements are combined, and along which axes
   * @param x what is reduced
   * @param y receives the result: of the shape of x with 1 for each reduced axis
   * @return what computes it, as often as it is run
   */
  public static Runnable reduction(Reduction reduction, Tensor x, Tensor y) {
    if (x.size() == 0) {
      float none = ReductionOrder.of(reduction.kind()).identity();
      return () -> y.copyFrom(Tensor.full(none, y.shape()));
    }
    List<Group> groups = groups(reduction.axes(), x.shape());
    if (groups.isEmpty()) {
      return () -> y.copyFrom(x);
    }
    List<FusedLoop> stages = new ArrayList<>();
    Tensor from = x;
    for (Group group : groups) {
      boolean last = stages.size() == groups.size() - 1;
      Tensor to = last ? y : Tensor.zeros(group.outer * group.inner);
      stages.add(group.loop(reduction.kind(), from, to));
      from = to;
    }
    return () -> stages.forEach(FusedLoop::run);
  }

  /** A run of neighbouring axes that are reduced: x is [outer, n, inner]. */
  private record Group(int outer, int n, int inner) {
    FusedLoop loop(Reduction.Kind kind, Tensor x, Tensor y) {
      Shape space = Shape.of(outer, n, inner);
      Reduced reduced = new Reduced(0, new Reduction(kind, List.of(1)));
      Chain chain = new Chain(space, List.of(space), List.of(), List.of(), List.of(reduced));
      return new FusedLoop(chain, List.of(x.reshape(space), y.reshape(Shape.of(outer, 1, inner))));
    }
  }

  /**
   * The runs of neighbouring reduced axes, innermost first, each as it stands when those before are
   * done. Axes of a single element part nothing, as in a program.
   */
  private static List<Group> groups(List<Integer> axes, Shape shape) {
    List<Group> groups = new ArrayList<>();
    int inner = 1;
    int axis = shape.rank() - 1;
    while (axis >= 0) {
      int n = 1;
      while (axis >= 0 && (axes.contains(axis) || shape.dimension(axis) == 1)) {
        n *= shape.dimension(axis--);
      }
      if (n != 1) {
        int outer = 1;
        for (int i = 0; i <= axis; i++) {
          outer *= shape.dimension(i);
        }
        groups.add(new Group(outer, n, inner));
      }
      while (axis >= 0 && !axes.contains(axis)) {
        inner *= shape.dimension(axis--);
      }
    }
    return groups;
  }
}
