package org.lanewise.nn.regularizer;

import java.util.Arrays;
import org.lanewise.autodiff.Variable;

/** A condition that a parameter meets after each step of training. */
@FunctionalInterface
public interface Constraint {
  /**
   * Records the nearest value that fits.
   *
   * @param w the parameter after a step
   * @return a value of its shape, the parameter itself where it fits
   */
  Variable apply(Variable w);

  /**
   * Max-norm for the kernel of a dense layer: the weights that lead into a unit have an ℓ2 norm of
   * at most r.
   *
   * @param largest r, from 10⁻¹⁸ to 10¹⁸; 1 to 4 are usual
   * @return the constraint
   * @throws IllegalArgumentException if r is out of its range
   */
  static Constraint maxNorm(double largest) {
    return maxNorm(largest, 0);
  }

  /**
   * Max-norm: w ← w · r / max(r, ‖w‖₂), with the norm along some axes.
   *
   * @param largest r, from 10⁻¹⁸ to 10¹⁸
   * @param axes the axes that a norm is taken along, from −rank to rank − 1; none means all
   * @return the constraint
   * @throws IllegalArgumentException if r is out of its range
   */
  static Constraint maxNorm(double largest, int... axes) {
    return new MaxNorm(largest, Arrays.stream(axes).boxed().toList());
  }
}
