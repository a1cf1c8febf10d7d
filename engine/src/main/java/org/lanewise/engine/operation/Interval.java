package org.lanewise.engine.operation;

/**
 * An open interval of real numbers.
 *
 * @param low the lower end, not itself inside; −∞ for none
 * @param high the upper end, not itself inside; +∞ for none
 */
public record Interval(double low, double high) {
  /** All real numbers. */
  public static final Interval REAL =
      new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  /** The numbers above 0. */
  public static final Interval POSITIVE = above(0);

  /**
   * The numbers above an end.
   *
   * @param low the lower end
   * @return the interval
   */
  public static Interval above(double low) {
    return new Interval(low, Double.POSITIVE_INFINITY);
  }

  /**
   * Whether a number lies inside.
   *
   * @param value the number
   * @return true if low &lt; value &lt; high
   */
  public boolean contains(double value) {
    return low < value && value < high;
  }
}
