package org.lanewise.bench.compare;

/**
 * A matrix product c = a · b on operands that stay where they are.
 *
 * @param m the rows of c
 * @param n the columns of c
 * @param k the length of the sums
 * @param left whether a is stored transposed, [k, m]
 * @param right whether b is stored transposed, [n, k]
 */
public record MatrixProductWork(int m, int n, int k, boolean left, boolean right) implements Work {
  /**
   * A product of square matrices.
   *
   * @param size the rows and columns
   * @return the work
   */
  static MatrixProductWork cube(int size) {
    return new MatrixProductWork(size, size, size, false, false);
  }

  @Override
  public String name() {
    String stored = left ? ", left operand transposed" : right ? ", right operand transposed" : "";
    return "matrix product " + m + "×" + n + "×" + k + stored;
  }

  /** Rounding of sums of up to 2048 products, taken in another order, stays ten times below. */
  @Override
  public double tolerance() {
    return 1e-5;
  }

  /**
   * The floating-point operations, a multiplication and an addition being two.
   *
   * @return the count
   */
  double flops() {
    return 2.0 * m * n * k;
  }

  /**
   * The left operand.
   *
   * @return m · k elements, as they are stored
   */
  public float[] a() {
    return SeededData.uniform(m * k, -1, 1, 1);
  }

  /**
   * The right operand.
   *
   * @return k · n elements, as they are stored
   */
  public float[] b() {
    return SeededData.uniform(k * n, -1, 1, 2);
  }
}
