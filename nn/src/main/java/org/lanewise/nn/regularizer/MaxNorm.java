package org.lanewise.nn.regularizer;

import org.lanewise.autodiff.Variable;
import org.lanewise.engine.operation.Axes;
import org.lanewise.engine.operation.Reduction;

/**
 * w · r / max(r, ‖w‖₂), where a norm whose square overflows gives NaN.
 *
 * <p>Source: Srivastava et al., <i>Dropout: a simple way to prevent neural networks from
 * overfitting</i>, 2014, section 5.1.
 */
final class MaxNorm implements Constraint {
  private static final double SMALLEST = 1e-18;
  private static final double LARGEST = 1e18;

  private final double largest;
  private final int[] axes;

  MaxNorm(double largest, int... axes) {
    if (!(largest >= SMALLEST && largest <= LARGEST)) {
      throw new IllegalArgumentException(
          "max_norm: expected a norm from " + SMALLEST + " to " + LARGEST + ", was " + largest);
    }
    this.largest = largest;
    this.axes = axes.clone();
  }

  @Override
  public Variable apply(Variable w) {
    Variable limit = w.tape().constant(largest);
    // A reduction of its own, because the axes have to stay.
    Reduction sums = new Reduction(Reduction.Kind.SUM, Axes.normalize("max_norm", w.shape(), axes));
    Variable sum = w.square().record(sums);
    // Exactly 1 for a norm within the limit: the root of the square of a float is this float.
    Variable factor = limit.divide(sum.maximum(limit.square()).sqrt());
    Variable overflow = sum.equal(Double.POSITIVE_INFINITY);
    return w.multiply(overflow.select(w.tape().constant(Double.NaN), factor));
  }
}
