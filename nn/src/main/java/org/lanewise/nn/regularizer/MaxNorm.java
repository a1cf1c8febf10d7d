package org.lanewise.nn.regularizer;

import java.util.List;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.operation.Axes;
import org.lanewise.engine.operation.Reduction;

/**
 * w · r / max(r, ‖w‖₂), where a norm whose square overflows gives NaN.
 *
 * <p>Source: Srivastava et al., <i>Dropout: a simple way to prevent neural networks from
 * overfitting</i>, 2014, section 5.1.
 */
record MaxNorm(double largest, List<Integer> axes) implements Constraint {
  private static final double SMALLEST = 1e-18;
  private static final double LARGEST = 1e18;

  MaxNorm {
    if (!(largest >= SMALLEST && largest <= LARGEST)) {
      throw new IllegalArgumentException(
          "max_norm: expected a norm from " + SMALLEST + " to " + LARGEST + ", was " + largest);
    }
    axes = List.copyOf(axes);
  }

  @Override
  public Variable apply(Variable w) {
    Variable limit = w.tape().constant(largest);
    // A reduction of its own, because the axes have to stay.
    int[] given = axes.stream().mapToInt(Integer::intValue).toArray();
    Variable sum =
        w.square()
            .record(
                new Reduction(Reduction.Kind.SUM, Axes.normalize("max_norm", w.shape(), given)));
    // Exactly 1 for a norm within the limit: the root of the square of a float is this float.
    Variable factor = limit.divide(sum.maximum(limit.square()).sqrt());
    Variable overflow = sum.equal(Double.POSITIVE_INFINITY);
    return w.multiply(overflow.select(w.tape().constant(Double.NaN), factor));
  }
}
