package org.lanewise.autodiff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.operation.ArgMax;
import org.lanewise.engine.operation.Axes;
import org.lanewise.engine.operation.BroadcastTo;
import org.lanewise.engine.operation.Concatenation;
import org.lanewise.engine.operation.Elementwise;
import org.lanewise.engine.operation.GatherRows;
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
 * A tensor on a {@link Tape}: an input, a constant, or the result of a recorded operation.
 *
 * <p>Every method that computes records one or more operations on the tape. Elementwise methods
 * broadcast by NumPy's rule and throw {@link IllegalArgumentException} if the shapes do not fit or
 * the other variable is of another tape; axes count from 0, or from −1 for the innermost; a
 * condition is a variable of numbers where anything but 0 holds.
 */
public final class Variable {
  private final Tape tape;
  private final Node node;

  Variable(Tape tape, Node node) {
    this.tape = tape;
    this.node = node;
  }

  /**
   * The tape this variable is recorded on.
   *
   * @return the tape
   */
  public Tape tape() {
    return tape;
  }

  /**
   * The entry of the tape.
   *
   * @return the node
   */
  public Node node() {
    return node;
  }

  /**
   * The shape.
   *
   * @return the shape
   */
  public Shape shape() {
    return node.shape();
  }

  /**
   * The value, computed when first asked for and kept.
   *
   * @return the value, not to be written to
   */
  public Tensor value() {
    return tape.value(node);
  }

  /**
   * Records an operation with this variable as its first operand.
   *
   * @param operation the operation
   * @param others the other operands
   * @return the result
   * @throws IllegalArgumentException if the number of operands, their tape or their shapes do not
   *     fit
   */
  public Variable record(Operation operation, Variable... others) {
    Variable[] operands = new Variable[others.length + 1];
    operands[0] = this;
    System.arraycopy(others, 0, operands, 1, others.length);
    return tape.record(operation, operands);
  }

  // Arithmetic

  /**
   * The sum of this and another variable.
   *
   * @param other the other
   * @return this + other
   */
  public Variable add(Variable other) {
    return record(Elementwise.ADD, other);
  }

  /**
   * The sum of this and another number.
   *
   * @param other the other
   * @return this + other
   */
  public Variable add(double other) {
    return record(Elementwise.ADD, tape.constant(other));
  }

  /**
   * The difference of this and another variable.
   *
   * @param other the other
   * @return this − other
   */
  public Variable subtract(Variable other) {
    return record(Elementwise.SUBTRACT, other);
  }

  /**
   * The difference of this and another number.
   *
   * @param other the other
   * @return this − other
   */
  public Variable subtract(double other) {
    return record(Elementwise.SUBTRACT, tape.constant(other));
  }

  /**
   * The product, element by element of this and another variable.
   *
   * @param other the other
   * @return this · other
   */
  public Variable multiply(Variable other) {
    return record(Elementwise.MULTIPLY, other);
  }

  /**
   * The product, element by element of this and another number.
   *
   * @param other the other
   * @return this · other
   */
  public Variable multiply(double other) {
    return record(Elementwise.MULTIPLY, tape.constant(other));
  }

  /**
   * The quotient of this and another variable.
   *
   * @param other the other
   * @return this / other
   */
  public Variable divide(Variable other) {
    return record(Elementwise.DIVIDE, other);
  }

  /**
   * The quotient of this and another number.
   *
   * @param other the other
   * @return this / other
   */
  public Variable divide(double other) {
    return record(Elementwise.DIVIDE, tape.constant(other));
  }

  /**
   * The power of this and another variable.
   *
   * @param other the other
   * @return this<sup>other</sup>; for special cases see {@link Elementwise#POW}
   */
  public Variable pow(Variable other) {
    return record(Elementwise.POW, other);
  }

  /**
   * The power of this and another number.
   *
   * @param other the other
   * @return this<sup>other</sup>; for special cases see {@link Elementwise#POW}
   */
  public Variable pow(double other) {
    return record(Elementwise.POW, tape.constant(other));
  }

  /**
   * The larger of the two of this and another variable.
   *
   * @param other the other
   * @return max(this, other); where both are equal each gets half of the gradient, where one is NaN
   *     the gradients are NaN
   */
  public Variable maximum(Variable other) {
    return record(Elementwise.MAXIMUM, other);
  }

  /**
   * The larger of the two of this and another number.
   *
   * @param other the other
   * @return max(this, other); where both are equal each gets half of the gradient, where one is NaN
   *     the gradients are NaN
   */
  public Variable maximum(double other) {
    return record(Elementwise.MAXIMUM, tape.constant(other));
  }

  /**
   * The smaller of the two of this and another variable.
   *
   * @param other the other
   * @return min(this, other); where both are equal each gets half of the gradient, where one is NaN
   *     the gradients are NaN
   */
  public Variable minimum(Variable other) {
    return record(Elementwise.MINIMUM, other);
  }

  /**
   * The smaller of the two of this and another number.
   *
   * @param other the other
   * @return min(this, other); where both are equal each gets half of the gradient, where one is NaN
   *     the gradients are NaN
   */
  public Variable minimum(double other) {
    return record(Elementwise.MINIMUM, tape.constant(other));
  }

  // Conditions

  /**
   * Where this is equal to another variable.
   *
   * @param other the other
   * @return 1 where it holds, else 0
   */
  public Variable equal(Variable other) {
    return record(Elementwise.EQUAL, other);
  }

  /**
   * Where this is equal to a number.
   *
   * @param other the number
   * @return 1 where it holds, else 0
   */
  public Variable equal(double other) {
    return record(Elementwise.EQUAL, tape.constant(other));
  }

  /**
   * Where this is different from another variable.
   *
   * @param other the other
   * @return 1 where it holds, else 0
   */
  public Variable notEqual(Variable other) {
    return record(Elementwise.NOT_EQUAL, other);
  }

  /**
   * Where this is different from a number.
   *
   * @param other the number
   * @return 1 where it holds, else 0
   */
  public Variable notEqual(double other) {
    return record(Elementwise.NOT_EQUAL, tape.constant(other));
  }

  /**
   * Where this is less than another variable.
   *
   * @param other the other
   * @return 1 where it holds, else 0
   */
  public Variable less(Variable other) {
    return record(Elementwise.LESS, other);
  }

  /**
   * Where this is less than a number.
   *
   * @param other the number
   * @return 1 where it holds, else 0
   */
  public Variable less(double other) {
    return record(Elementwise.LESS, tape.constant(other));
  }

  /**
   * Where this is at most another variable.
   *
   * @param other the other
   * @return 1 where it holds, else 0
   */
  public Variable lessEqual(Variable other) {
    return record(Elementwise.LESS_EQUAL, other);
  }

  /**
   * Where this is at most a number.
   *
   * @param other the number
   * @return 1 where it holds, else 0
   */
  public Variable lessEqual(double other) {
    return record(Elementwise.LESS_EQUAL, tape.constant(other));
  }

  /**
   * Where this is greater than another variable.
   *
   * @param other the other
   * @return 1 where it holds, else 0
   */
  public Variable greater(Variable other) {
    return record(Elementwise.GREATER, other);
  }

  /**
   * Where this is greater than a number.
   *
   * @param other the number
   * @return 1 where it holds, else 0
   */
  public Variable greater(double other) {
    return record(Elementwise.GREATER, tape.constant(other));
  }

  /**
   * Where this is at least another variable.
   *
   * @param other the other
   * @return 1 where it holds, else 0
   */
  public Variable greaterEqual(Variable other) {
    return record(Elementwise.GREATER_EQUAL, other);
  }

  /**
   * Where this is at least a number.
   *
   * @param other the number
   * @return 1 where it holds, else 0
   */
  public Variable greaterEqual(double other) {
    return record(Elementwise.GREATER_EQUAL, tape.constant(other));
  }

  /**
   * Chooses by this condition, element by element: one value where it holds, else another. No
   * gradient flows to what is not chosen. A function with an infinite derivative there still makes
   * NaN of it, as in {@code positive.select(x.sqrt(), zero)} at 0: choose its operand too, as in
   * {@code positive.select(positive.select(x, one).sqrt(), zero)}.
   *
   * @param ifTrue the value where this is not 0
   * @param ifFalse the value where this is 0
   * @return the chosen elements
   */
  public Variable select(Variable ifTrue, Variable ifFalse) {
    return record(Elementwise.SELECT, ifTrue, ifFalse);
  }

  // Functions of one variable

  /**
   * This with its sign changed.
   *
   * @return −x
   */
  public Variable negate() {
    return record(Elementwise.NEGATE);
  }

  /**
   * The absolute value.
   *
   * @return |x|
   */
  public Variable abs() {
    return record(Elementwise.ABS);
  }

  /**
   * The sign.
   *
   * @return −1, 0 or 1
   */
  public Variable sign() {
    return record(Elementwise.SIGN);
  }

  /**
   * The square.
   *
   * @return x²
   */
  public Variable square() {
    return multiply(this);
  }

  /**
   * The square root.
   *
   * @return √x; NaN below 0
   */
  public Variable sqrt() {
    return record(Elementwise.SQRT);
  }

  /**
   * The reciprocal of the square root.
   *
   * @return 1/√x
   */
  public Variable rsqrt() {
    return record(Elementwise.RSQRT);
  }

  /**
   * The exponential function.
   *
   * @return e<sup>x</sup>
   */
  public Variable exp() {
    return record(Elementwise.EXP);
  }

  /**
   * The exponential function less 1, exact near 0.
   *
   * @return e<sup>x</sup> − 1
   */
  public Variable expm1() {
    return record(Elementwise.EXPM1);
  }

  /**
   * The natural logarithm.
   *
   * @return log x; NaN below 0
   */
  public Variable log() {
    return record(Elementwise.LOG);
  }

  /**
   * The natural logarithm of 1 + x, exact near 0.
   *
   * @return log(1 + x); NaN below −1
   */
  public Variable log1p() {
    return record(Elementwise.LOG1P);
  }

  /**
   * The hyperbolic tangent.
   *
   * @return tanh x
   */
  public Variable tanh() {
    return record(Elementwise.TANH);
  }

  /**
   * The logistic function.
   *
   * @return 1 / (1 + e<sup>−x</sup>)
   */
  public Variable logistic() {
    return record(Elementwise.LOGISTIC);
  }

  /**
   * A smooth maximum of x and 0, computed without overflow; its derivative is the logistic
   * function.
   *
   * @return log(1 + e<sup>x</sup>)
   */
  public Variable softplus() {
    Variable below = lessEqual(0);
    Variable rest = below.select(this, negate()).exp().log1p();
    return below.select(tape.constant(0), this).add(rest);
  }

  /**
   * The error function.
   *
   * @return erf x
   */
  public Variable erf() {
    return record(Elementwise.ERF);
  }

  /**
   * The distribution function Φ of the standard normal, with all its digits far below 0 too.
   *
   * @return (1 + erf(x/√2)) / 2
   */
  public Variable normalCdf() {
    return record(Elementwise.NORMAL_CDF);
  }

  /**
   * The density φ of the standard normal, the derivative of its distribution function.
   *
   * @return e<sup>−x²/2</sup> / √(2π)
   */
  public Variable normalPdf() {
    return record(Elementwise.NORMAL_PDF);
  }

  /**
   * The same elements, through which no gradient flows.
   *
   * @return x
   */
  public Variable stopGradient() {
    return record(Elementwise.STOP_GRADIENT);
  }

  /**
   * Holds every element between two bounds; on a bound the gradient still flows.
   *
   * @param low the lower bound, −∞ for none
   * @param high the upper bound, +∞ for none
   * @return the clipped elements
   * @throws IllegalArgumentException if low &gt; high or one is NaN
   */
  public Variable clip(double low, double high) {
    if (!(low <= high)) {
      throw new IllegalArgumentException("clip: expected low <= high, was " + low + " and " + high);
    }
    return record(Elementwise.CLIP, tape.constant(low), tape.constant(high));
  }

  // Reductions

  /**
   * The sum over axes, which disappear.
   *
   * @param axes the axes; none means all
   * @return the sums
   * @throws IllegalArgumentException if an axis is out of range or named twice
   */
  public Variable sum(int... axes) {
    return reduce(Reduction.Kind.SUM, false, axes);
  }

  /**
   * The arithmetic mean over axes, which disappear; NaN of no elements.
   *
   * @param axes the axes; none means all
   * @return the means
   * @throws IllegalArgumentException if an axis is out of range or named twice
   */
  public Variable mean(int... axes) {
    int count = 1;
    for (int axis : Axes.normalize("mean", shape(), axes)) {
      count *= shape().dimension(axis);
    }
    return sum(axes).divide(count);
  }

  /**
   * The (biased) variance over axes, which disappear: the mean of the squared distances from the
   * mean; NaN of no elements. The gradient is 2 (x − μ) / n.
   *
   * @param axes the axes; none means all
   * @return the variances
   * @throws IllegalArgumentException if an axis is out of range or named twice
   */
  public Variable variance(int... axes) {
    return moments("variance", axes).variance();
  }

  /**
   * Mean, variance and distances from the mean over axes, as normalization needs them.
   *
   * @param axes the axes; none means all
   * @return the moments
   * @throws IllegalArgumentException if an axis is out of range or named twice
   */
  public Moments moments(int... axes) {
    return moments("moments", axes);
  }

  private Moments moments(String owner, int... axes) {
    List<Integer> counted = Axes.normalize(owner, shape(), axes);
    // The mean as it is rounded serves as a pivot only: what is lost in rounding it is the mean of
    // the distances from it. Var x = mean (x − c)² − (mean (x − c))² for any constant c.
    Variable pivot = mean(axes).stopGradient();
    Variable distance = subtract(unsqueeze(pivot, counted));
    Variable rest = distance.mean(axes);
    Variable difference = distance.square().mean(axes).subtract(rest.square());
    // Rounding may leave less than 0, which is taken out without a part in the derivatives.
    Variable variance = difference.subtract(difference.minimum(0).stopGradient());
    Variable centered = distance.subtract(unsqueeze(rest, counted));
    return new Moments(pivot.add(rest), variance, centered);
  }

  /**
   * The moments of a variable over some axes, accurate to rounding even where the deviation is
   * small beside the mean: equal elements have themselves as their mean, the variance 0 and
   * distances of 0. Source: the corrected two-pass algorithm of Chan, Golub and LeVeque,
   * <i>Algorithms for computing the sample variance</i>, 1983.
   *
   * @param mean the means, without the axes
   * @param variance the biased variances, without the axes
   * @param centered the elements less their mean, of the shape of the variable
   */
  public record Moments(Variable mean, Variable variance, Variable centered) {}

  /**
   * The Euclidean norm over axes, which disappear: the root of the sum of squares; 0 of no
   * elements. The gradient is x divided by the norm, and 0 where the norm is 0. Magnitudes from
   * about 10<sup>−19</sup> to 10<sup>18</sup>: the squares of others underflow or overflow.
   *
   * @param axes the axes; none means all
   * @return the norms
   * @throws IllegalArgumentException if an axis is out of range or named twice
   */
  public Variable norm(int... axes) {
    Variable squares = square().sum(axes);
    Variable none = squares.equal(0);
    // The root of 1 in place of 0, whose derivative is infinite.
    return none.select(tape.constant(0), none.select(tape.constant(1), squares).sqrt());
  }

  /**
   * The largest element over axes, which disappear; equal largest elements share the gradient.
   *
   * @param axes the axes; none means all
   * @return the maxima; −∞ of no elements
   * @throws IllegalArgumentException if an axis is out of range or named twice
   */
  public Variable max(int... axes) {
    return reduce(Reduction.Kind.MAX, false, axes);
  }

  /**
   * The smallest element over axes, which disappear; equal smallest elements share the gradient.
   *
   * @param axes the axes; none means all
   * @return the minima; +∞ of no elements
   * @throws IllegalArgumentException if an axis is out of range or named twice
   */
  public Variable min(int... axes) {
    return reduce(Reduction.Kind.MIN, false, axes);
  }

  /**
   * The logarithm of the sum of exponentials over axes, which disappear; computed without overflow
   * by subtracting the largest element first.
   *
   * @param axes the axes; none means all
   * @return log Σ e<sup>x</sup>; −∞ of no elements
   * @throws IllegalArgumentException if an axis is out of range or named twice
   */
  public Variable logSumExp(int... axes) {
    List<Integer> counted = Axes.normalize("logsumexp", shape(), axes);
    Variable shift = shift(axes);
    Variable log = subtract(shift).exp().reduce(Reduction.Kind.SUM, true, axes).log();
    return squeeze(log.add(shift), counted);
  }

  /**
   * Numbers in the ratios of exponentials that sum to 1 over an axis, computed without overflow.
   *
   * @param axis the axis
   * @return e<sup>x</sup> / Σ e<sup>x</sup>, of the same shape
   * @throws IllegalArgumentException if the axis is out of range
   */
  public Variable softmax(int axis) {
    Variable exponentials = subtract(shift(axis)).exp();
    return exponentials.divide(exponentials.reduce(Reduction.Kind.SUM, true, axis));
  }

  /**
   * The logarithm of {@link #softmax}, finite for all finite numbers.
   *
   * @param axis the axis
   * @return x − log Σ e<sup>x</sup>, of the same shape
   * @throws IllegalArgumentException if the axis is out of range
   */
  public Variable logSoftmax(int axis) {
    Variable shifted = subtract(shift(axis));
    return shifted.subtract(shifted.exp().reduce(Reduction.Kind.SUM, true, axis).log());
  }

  /** The largest element over axes, which stay, to be subtracted before exponentials are taken. */
  private Variable shift(int... axes) {
    Variable largest = reduce(Reduction.Kind.MAX, true, axes).stopGradient();
    // ±∞ must not be subtracted from itself.
    return largest.abs().less(Double.POSITIVE_INFINITY).select(largest, tape.constant(0));
  }

  /**
   * The position of the largest element along an axis, which disappears; the first of equals, a NaN
   * if there is one. It has no gradient.
   *
   * @param axis the axis
   * @return the positions, from 0
   * @throws IllegalArgumentException if the axis is out of range, has no elements, or more than
   *     2<sup>24</sup>
   */
  public Variable argMax(int axis) {
    int counted = shape().axis("argmax", axis);
    return squeeze(record(new ArgMax(counted)), List.of(counted));
  }

  private Variable reduce(Reduction.Kind kind, boolean keep, int... axes) {
    Reduction reduction = new Reduction(kind, Axes.normalize(kind.label(), shape(), axes));
    Variable kept = record(reduction);
    return keep ? kept : squeeze(kept, reduction.axes());
  }

  private static Variable squeeze(Variable kept, List<Integer> axes) {
    List<Integer> dimensions = new ArrayList<>();
    for (int axis = 0; axis < kept.shape().rank(); axis++) {
      if (!axes.contains(axis)) {
        dimensions.add(kept.shape().dimension(axis));
      }
    }
    return kept.reshape(dimensions.stream().mapToInt(Integer::intValue).toArray());
  }

  /** A variable that was reduced over axes of this, with these axes put back as dimensions of 1. */
  private Variable unsqueeze(Variable reduced, List<Integer> axes) {
    int[] dimensions = shape().dimensions();
    axes.forEach(axis -> dimensions[axis] = 1);
    return reduced.reshape(dimensions);
  }

  // Shapes

  /**
   * The same elements under another shape.
   *
   * @param newShape a shape of as many elements
   * @return the reshaped variable
   * @throws IllegalArgumentException if the element counts differ
   */
  public Variable reshape(Shape newShape) {
    return shape().equals(newShape) ? this : record(new ReshapeTo(newShape));
  }

  /**
   * The same elements under another shape.
   *
   * @param dimensions the dimensions of the new shape, of as many elements; none for a scalar
   * @return the reshaped variable
   * @throws IllegalArgumentException if the element counts differ
   */
  public Variable reshape(int... dimensions) {
    return reshape(Shape.of(dimensions));
  }

  /**
   * The same elements with a new axis of dimension 1.
   *
   * @param axis where the new axis will be, from −rank − 1 to rank
   * @return the reshaped variable
   * @throws IllegalArgumentException if the axis is out of range
   */
  public Variable expand(int axis) {
    int rank = shape().rank();
    if (axis < -rank - 1 || axis > rank) {
      throw new IllegalArgumentException(
          "expand: expected an axis from "
              + (-rank - 1)
              + " to "
              + rank
              + " for shape "
              + shape()
              + ", was "
              + axis);
    }
    int added = axis < 0 ? axis + rank + 1 : axis;
    int[] dimensions = new int[rank + 1];
    Arrays.setAll(dimensions, i -> i == added ? 1 : shape().dimension(i < added ? i : i - 1));
    return reshape(dimensions);
  }

  /**
   * The axes in another order, or in reverse.
   *
   * @param permutation for each axis of the result the axis of this that it is; none reverses all
   * @return the transposed variable
   * @throws IllegalArgumentException if it is not a permutation of the axes
   */
  public Variable transpose(int... permutation) {
    List<Integer> axes = new ArrayList<>();
    for (int i = 0; i < shape().rank() && permutation.length == 0; i++) {
      axes.addFirst(i);
    }
    for (int axis : permutation) {
      axes.add(shape().axis("transpose", axis));
    }
    return record(new Transpose(axes));
  }

  /**
   * Repeats this to a larger shape by NumPy's rule.
   *
   * @param larger the shape
   * @return the repeated variable
   * @throws IllegalArgumentException if this shape does not broadcast to it
   */
  public Variable broadcastTo(Shape larger) {
    return shape().equals(larger) ? this : record(new BroadcastTo(larger));
  }

  /**
   * Part of this along one axis.
   *
   * @param axis the axis
   * @param start the first position
   * @param size the number of positions
   * @return the part
   * @throws IllegalArgumentException if it is not inside
   */
  public Variable slice(int axis, int start, int size) {
    int counted = shape().axis("slice", axis);
    List<Integer> starts = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    for (int i = 0; i < shape().rank(); i++) {
      starts.add(i == counted ? start : 0);
      sizes.add(i == counted ? size : shape().dimension(i));
    }
    return record(new Slice(starts, sizes));
  }

  /**
   * This with zeros before and after along one axis.
   *
   * @param axis the axis
   * @param before the number of zeros before
   * @param after the number of zeros after
   * @return the padded variable
   * @throws IllegalArgumentException if the axis is out of range or a count is negative
   */
  public Variable pad(int axis, int before, int after) {
    int counted = shape().axis("pad", axis);
    List<Integer> befores = new ArrayList<>();
    List<Integer> afters = new ArrayList<>();
    for (int i = 0; i < shape().rank(); i++) {
      befores.add(i == counted ? before : 0);
      afters.add(i == counted ? after : 0);
    }
    return record(new Pad(befores, afters));
  }

  /**
   * Variables one after the other along an axis.
   *
   * @param axis the axis
   * @param parts the variables, at least one, whose shapes differ at most along the axis
   * @return the whole
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public static Variable concatenate(int axis, Variable... parts) {
    if (parts.length == 0) {
      throw new IllegalArgumentException("concatenate: expected at least one operand, was none");
    }
    int counted = parts[0].shape().axis("concatenate", axis);
    return parts[0].tape.record(new Concatenation(counted, parts.length), parts);
  }

  /**
   * Rows of this table by their positions.
   *
   * @param positions integers from 0 to rows − 1, of any shape
   * @return the rows: the shape of the positions followed by that of a row
   * @throws IllegalArgumentException if this is a scalar; a position out of range is an error when
   *     it is computed
   */
  public Variable gatherRows(Variable positions) {
    return record(new GatherRows(), positions);
  }

  /**
   * These rows added up by their positions: the adjoint of {@link #gatherRows}.
   *
   * @param positions integers from 0 to rows − 1, whose shape this shape starts with
   * @param rows the number of rows of the result
   * @return the sums, [rows, …]
   * @throws IllegalArgumentException if the shapes do not fit; a position out of range is an error
   *     when it is computed
   */
  public Variable scatterAddRows(Variable positions, int rows) {
    return record(new ScatterAddRows(rows), positions);
  }

  // Matrix product

  /**
   * The matrix product over the two innermost axes; leading axes broadcast.
   *
   * @param right the right operand: this is […, m, k], it is […, k, n]
   * @return the product, […, m, n]
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public Variable matmul(Variable right) {
    return matmul(right, false, false);
  }

  /**
   * The matrix product over the two innermost axes of operands that may be stored transposed;
   * leading axes broadcast.
   *
   * @param right the right operand
   * @param transposeThis whether this is stored as […, k, m]
   * @param transposeRight whether the right operand is stored as […, n, k]
   * @return the product, […, m, n]
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public Variable matmul(Variable right, boolean transposeThis, boolean transposeRight) {
    return record(new MatrixProduct(transposeThis, transposeRight), right);
  }

  /** Variables are equal if they are the same entry of the same tape. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Variable variable && node == variable.node;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(node);
  }

  /** The line of the tape, as in {@code %3 = add(%1, %2) [4, 5]}. */
  @Override
  public String toString() {
    return node.toString();
  }
}
