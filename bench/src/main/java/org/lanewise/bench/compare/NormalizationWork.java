package org.lanewise.bench.compare;

/**
 * Bias, batch normalization and ELU of a batch, y = elu(norm(x + bias) γ + β), and the gradients of
 * y with respect to x, bias, γ and β for a given gradient of y.
 *
 * @param rows the examples
 * @param columns the units
 */
public record NormalizationWork(int rows, int columns) implements Work {
  /** The number added to the variance. */
  public static final double EPSILON = 0.001;

  @Override
  public String name() {
    return "bias, batch normalization, ELU, forward and backward, " + rows + "×" + columns;
  }

  /** Rounding of sums over 4096 rows, taken in another order, stays several times below. */
  @Override
  public double tolerance() {
    return 1e-5;
  }

  /**
   * The batch.
   *
   * @return rows · columns elements
   */
  public float[] x() {
    return SeededData.uniform(rows * columns, -2, 3, 5);
  }

  /**
   * The gradient of y.
   *
   * @return rows · columns elements
   */
  public float[] gy() {
    return SeededData.uniform(rows * columns, -1, 1, 6);
  }

  /**
   * A vector of parameters.
   *
   * @param seed another number for another vector
   * @return columns elements
   */
  public float[] vector(long seed) {
    return SeededData.uniform(columns, 0.5, 1.5, 100 + seed);
  }
}
