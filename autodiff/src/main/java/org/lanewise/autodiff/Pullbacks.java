package org.lanewise.autodiff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.operation.ArgMax;
import org.lanewise.engine.operation.BroadcastTo;
import org.lanewise.engine.operation.Concatenate;
import org.lanewise.engine.operation.CustomOperation;
import org.lanewise.engine.operation.Elementwise;
import org.lanewise.engine.operation.Expression;
import org.lanewise.engine.operation.GatherRows;
import org.lanewise.engine.operation.Leaf;
import org.lanewise.engine.operation.MatrixProduct;
import org.lanewise.engine.operation.Operation;
import org.lanewise.engine.operation.Pad;
import org.lanewise.engine.operation.Reduction;
import org.lanewise.engine.operation.Reshape;
import org.lanewise.engine.operation.ScatterAddRows;
import org.lanewise.engine.operation.Slice;
import org.lanewise.engine.operation.Transpose;

/**
 * The pullback of every kind of operation: the gradients of its operands, written in operations,
 * from the gradient of its result. Null where no gradient flows.
 */
final class Pullbacks {
  private Pullbacks() {}

  static List<@Nullable Variable> of(
      Operation operation, List<Variable> operands, Variable y, Variable gy) {
    Variable x = operands.isEmpty() ? y : operands.get(0);
    return switch (operation) {
      case Leaf _ -> List.of();
      case Elementwise elementwise -> elementwise(elementwise, operands, y, gy);
      case Reduction reduction -> List.of(reduction(reduction, x, y, gy));
      case ArgMax _ ->
          throw new NoGradientException(operation.label(), "positions do not vary continuously");
      case Reshape _ -> List.of(gy.reshape(x.shape()));
      case Transpose transpose -> List.of(gy.record(transpose.inverse()));
      case BroadcastTo _ -> List.of(sumTo(gy, x.shape()));
      case Slice slice -> List.of(gy.record(padBack(slice, x.shape())));
      case Pad pad -> List.of(gy.record(new Slice(pad.before(), dimensions(x.shape()))));
      case Concatenate(int axis, _) -> concatenate(axis, operands, gy);
      case MatrixProduct product -> matrixProduct(product, x, operands.get(1), gy);
      case GatherRows _ -> {
        int rows = x.shape().dimension(0);
        yield Arrays.asList(gy.record(new ScatterAddRows(rows), operands.get(1)), null);
      }
      case ScatterAddRows _ -> Arrays.asList(gy.record(new GatherRows(), operands.get(1)), null);
      case DifferentiableOperation custom ->
          Collections.unmodifiableList(custom.pullback(operands, y, gy));
      case CustomOperation _ ->
          throw new NoGradientException(
              operation.label(), "it is a custom operation without a pullback");
    };
  }

  private static List<@Nullable Variable> elementwise(
      Elementwise operation, List<Variable> operands, Variable y, Variable gy) {
    List<@Nullable Variable> gradients = new ArrayList<>();
    List<Expression> derivatives = operation.derivatives();
    for (int i = 0; i < operands.size(); i++) {
      Variable gradient = chain(derivatives.get(i), operands, y, gy);
      gradients.add(gradient == null ? null : sumTo(gradient, operands.get(i).shape()));
    }
    return gradients;
  }

  /** The gradient times a derivative; null where the derivative is declared to be zero. */
  private static @Nullable Variable chain(
      Expression derivative, List<Variable> operands, Variable y, Variable gy) {
    if (derivative instanceof Expression.Literal(double value)) {
      if (value == 0) {
        return null;
      }
      if (value == 1) {
        return gy;
      }
      if (value == -1) {
        return gy.negate();
      }
    }
    return gy.multiply(record(derivative, operands, y));
  }

  private static Variable record(Expression expression, List<Variable> operands, Variable y) {
    return switch (expression) {
      case Expression.Operand(int index) -> operands.get(index);
      case Expression.Result _ -> y;
      case Expression.Literal(double value) -> y.tape().constant(value);
      case Expression.Apply(Elementwise operation, List<Expression> of) ->
          y.tape()
              .record(
                  operation,
                  of.stream().map(part -> record(part, operands, y)).toArray(Variable[]::new));
    };
  }

  private static Variable reduction(Reduction reduction, Variable x, Variable y, Variable gy) {
    return switch (reduction.kind()) {
      case SUM -> gy.broadcastTo(x.shape());
      // Equal extremes share the gradient.
      case MAX, MIN -> {
        Variable extreme = x.equal(y);
        Variable count = extreme.record(new Reduction(Reduction.Kind.SUM, reduction.axes()));
        yield extreme.multiply(gy.divide(count));
      }
    };
  }

  private static Pad padBack(Slice slice, Shape shape) {
    List<Integer> after = new ArrayList<>();
    for (int axis = 0; axis < shape.rank(); axis++) {
      after.add(shape.dimension(axis) - slice.starts().get(axis) - slice.sizes().get(axis));
    }
    return new Pad(slice.starts(), after);
  }

  private static List<@Nullable Variable> concatenate(
      int axis, List<Variable> operands, Variable gy) {
    List<@Nullable Variable> gradients = new ArrayList<>();
    List<Integer> starts = new ArrayList<>(Collections.nCopies(gy.shape().rank(), 0));
    for (Variable operand : operands) {
      gradients.add(gy.record(new Slice(starts, dimensions(operand.shape()))));
      starts.set(axis, starts.get(axis) + operand.shape().dimension(axis));
    }
    return gradients;
  }

  private static List<@Nullable Variable> matrixProduct(
      MatrixProduct product, Variable a, Variable b, Variable gy) {
    boolean left = product.transposeLeft();
    boolean right = product.transposeRight();
    Variable ga =
        left
            ? b.record(new MatrixProduct(right, true), gy)
            : gy.record(new MatrixProduct(false, !right), b);
    Variable gb =
        right
            ? gy.record(new MatrixProduct(true, left), a)
            : a.record(new MatrixProduct(!left, false), gy);
    return List.of(sumTo(ga, a.shape()), sumTo(gb, b.shape()));
  }

  /** Sums over the axes along which a shape was broadcast. */
  private static Variable sumTo(Variable x, Shape shape) {
    if (x.shape().equals(shape)) {
      return x;
    }
    List<Integer> axes = new ArrayList<>();
    int lead = x.shape().rank() - shape.rank();
    for (int axis = 0; axis < x.shape().rank(); axis++) {
      boolean repeated =
          axis < lead || (shape.dimension(axis - lead) == 1 && x.shape().dimension(axis) != 1);
      if (repeated) {
        axes.add(axis);
      }
    }
    return x.record(new Reduction(Reduction.Kind.SUM, axes)).reshape(shape);
  }

  private static List<Integer> dimensions(Shape shape) {
    return Arrays.stream(shape.dimensions()).boxed().toList();
  }
}
