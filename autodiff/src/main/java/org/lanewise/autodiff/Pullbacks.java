package org.lanewise.autodiff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.operation.ArgMax;
import org.lanewise.engine.operation.BroadcastTo;
import org.lanewise.engine.operation.Concatenation;
import org.lanewise.engine.operation.CustomOperation;
import org.lanewise.engine.operation.Draw;
import org.lanewise.engine.operation.Elementwise;
import org.lanewise.engine.operation.Expression;
import org.lanewise.engine.operation.GatherRows;
import org.lanewise.engine.operation.Leaf;
import org.lanewise.engine.operation.MatrixProduct;
import org.lanewise.engine.operation.Operation;
import org.lanewise.engine.operation.Pad;
import org.lanewise.engine.operation.Reduction;
import org.lanewise.engine.operation.ReshapeTo;
import org.lanewise.engine.operation.ScatterAddRows;
import org.lanewise.engine.operation.Slice;
import org.lanewise.engine.operation.Transpose;
import org.lanewise.engine.program.Node;

/**
 * The pullback of every kind of operation: the gradients of its operands, written in operations,
 * from the gradient of its result.
 *
 * <p>A pullback gives the gradient of operand i when asked for it, so that nothing is recorded for
 * operands that none is wanted for; null where no gradient flows.
 */
final class Pullbacks {
  private Pullbacks() {}

  static IntFunction<@Nullable Variable> of(
      Operation operation, List<Variable> operands, Variable y, Variable gy) {
    return switch (operation) {
      case Leaf _, Draw _ -> _ -> null;
      case Elementwise elementwise -> i -> elementwise(elementwise, i, operands, y, gy);
      case Reduction reduction -> _ -> reduction(reduction, operands.get(0), y, gy);
      case ArgMax _ ->
          throw new NoGradientException(operation.label(), "positions do not vary continuously");
      case ReshapeTo _ -> _ -> gy.reshape(operands.get(0).shape());
      case Transpose transpose -> _ -> gy.record(transpose.inverse());
      case BroadcastTo _ -> _ -> sumTo(gy, operands.get(0).shape());
      case Slice slice -> _ -> gy.record(padBack(slice, operands.get(0).shape()));
      case Pad pad -> _ -> gy.record(new Slice(pad.before(), dimensions(operands.get(0).shape())));
      case Concatenation(int axis, _) -> i -> gy.record(part(axis, i, operands));
      case MatrixProduct product -> i -> matrixProduct(product, i, operands, gy);
      case GatherRows _ ->
          i -> i == 0 ? gy.record(backInto(operands.get(0)), operands.get(1)) : null;
      case ScatterAddRows _ -> i -> i == 0 ? gy.record(new GatherRows(), operands.get(1)) : null;
      case DifferentiableOperation custom -> {
        List<Variable> gradients = custom(custom, operands, y, gy);
        yield i -> isNone(gradients.get(i)) ? null : gradients.get(i);
      }
      case CustomOperation _ ->
          throw new NoGradientException(
              operation.label(), "it is a custom operation without a pullback");
    };
  }

  private static List<Variable> custom(
      DifferentiableOperation operation, List<Variable> operands, Variable y, Variable gy) {
    List<Variable> gradients = operation.pullback(operands, y, gy);
    if (gradients.size() != operands.size()) {
      throw new IllegalArgumentException(
          operation.label()
              + ": expected a pullback with a gradient for each of "
              + operands.size()
              + " operands, was "
              + gradients.size());
    }
    for (int i = 0; i < operands.size(); i++) {
      if (gradients.get(i).tape() != y.tape()) {
        throw new IllegalArgumentException(
            operation.label()
                + ": expected a pullback recorded on the same tape, was "
                + gradients.get(i)
                + " of another");
      }
      Shape expected = operands.get(i).shape();
      if (!gradients.get(i).shape().equals(expected)) {
        throw new IllegalArgumentException(
            operation.label()
                + ": expected a pullback that gives operand "
                + i
                + " a gradient of its shape "
                + expected
                + ", was "
                + gradients.get(i).shape());
      }
    }
    return gradients;
  }

  /** Whether a gradient is one of {@link DifferentiableOperation#noGradient}. */
  private static boolean isNone(Variable gradient) {
    Node node = gradient.node();
    Node repeated = node.operation() instanceof BroadcastTo ? node.operands().get(0) : node;
    return repeated.operation() instanceof Leaf.Literal(double value) && value == 0;
  }

  private static @Nullable Variable elementwise(
      Elementwise operation, int i, List<Variable> operands, Variable y, Variable gy) {
    Variable gradient = chain(operation.derivatives().get(i), operands, y, gy);
    return gradient == null ? null : sumTo(gradient, operands.get(i).shape());
  }

  /**
   * The gradient times a derivative; null where the derivative is declared to be zero. Where a
   * derivative chooses, the products are chosen from, so that a gradient of ∞ becomes 0 and not NaN
   * for what has no part in the result. The gradient takes the factors of a product and the divisor
   * of a quotient one after another, so that what is large does not overflow where the gradient is
   * small; the reciprocal of an operand stays one, as it may be of a smaller shape.
   */
  private static @Nullable Variable chain(
      Expression derivative, List<Variable> operands, Variable y, Variable gy) {
    return switch (derivative) {
      case Expression.Literal(double value) when value == 0 -> null;
      case Expression.Literal(double value) when value == 1 -> gy;
      case Expression.Literal(double value) when value == -1 -> gy.negate();
      // Not a product: where it is not chosen, the pullback of one would be 0 · NaN.
      case Expression.Literal(double value) when Double.isNaN(value) -> y.tape().constant(value);
      case Expression.Apply(Elementwise operation, List<Expression> parts)
          when operation == Elementwise.SELECT -> {
        Variable then = chain(parts.get(1), operands, y, gy);
        Variable otherwise = chain(parts.get(2), operands, y, gy);
        Variable zero = y.tape().constant(0);
        yield record(parts.get(0), operands, y)
            .select(then == null ? zero : then, otherwise == null ? zero : otherwise);
      }
      case Expression.Apply(Elementwise operation, List<Expression> parts)
          when operation == Elementwise.MULTIPLY
              || (operation == Elementwise.DIVIDE
                  && !(parts.getFirst() instanceof Expression.Literal)) -> {
        Variable first = chain(parts.get(0), operands, y, gy);
        yield first == null ? null : first.record(operation, record(parts.get(1), operands, y));
      }
      case Expression.Operand _, Expression.Result _, Expression.Literal _, Expression.Apply _ ->
          gy.multiply(record(derivative, operands, y));
    };
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
        // NaN equals nothing: it is not to become a gradient of 0.
        Variable rest = count.equal(0).select(x.tape().constant(Double.NaN), x.tape().constant(0));
        yield extreme.select(gy.divide(count), rest);
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

  /** Where operand i lies in a concatenation. */
  private static Slice part(int axis, int i, List<Variable> operands) {
    Shape shape = operands.get(i).shape();
    List<Integer> starts = new ArrayList<>(Collections.nCopies(shape.rank(), 0));
    for (Variable before : operands.subList(0, i)) {
      starts.set(axis, starts.get(axis) + before.shape().dimension(axis));
    }
    return new Slice(starts, dimensions(shape));
  }

  private static ScatterAddRows backInto(Variable table) {
    return new ScatterAddRows(table.shape().dimension(0));
  }

  private static Variable matrixProduct(
      MatrixProduct product, int i, List<Variable> operands, Variable gy) {
    boolean left = product.transposeLeft();
    boolean right = product.transposeRight();
    Variable a = operands.get(0);
    Variable b = operands.get(1);
    if (i == 0) {
      Variable ga = left ? b.matmul(gy, right, true) : gy.matmul(b, false, !right);
      return sumTo(ga, a.shape());
    }
    Variable gb = right ? gy.matmul(a, true, left) : a.matmul(gy, !left, false);
    return sumTo(gb, b.shape());
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
