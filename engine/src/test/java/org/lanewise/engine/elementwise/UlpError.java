package org.lanewise.engine.elementwise;

import java.util.Locale;

/**
 * The largest error seen so far, in units in the last place (ULP) of the exact result, and where.
 *
 * <p>A result beyond the floats counts as 2^128, a subnormal one has the smallest float as its
 * unit. A NaN, an infinity or a zero of another sign where the exact result has none is an infinite
 * error, and so is the reverse.
 */
public final class UlpError {
  private static final double OVERFLOW = 0x1p128;

  private double largest;
  private String where = "nowhere";

  double largest() {
    return largest;
  }

  /** Where the largest error is: arguments, result and exact result. */
  @Override
  public String toString() {
    return where;
  }

  /** Takes one result into account. */
  void add(float actual, double exact, float... arguments) {
    // Most results are the nearest float, whose error is never the largest of interest.
    if (Float.floatToRawIntBits(actual) == Float.floatToRawIntBits((float) exact)
        && Float.isFinite(actual)) {
      return;
    }
    double error = of(actual, exact);
    if (error > largest) {
      largest = error;
      StringBuilder text = new StringBuilder();
      for (float argument : arguments) {
        text.append(Float.toHexString(argument)).append(" (").append(argument).append("), ");
      }
      where =
          String.format(
              Locale.ROOT, "%s gave %s, exact %s, error %.4f ULP", text, actual, exact, error);
    }
  }

  /**
   * The error of one result.
   *
   * @return the error in ULP of the exact result, infinite where one of both is exceptional and the
   *     other is not alike
   */
  public static double of(float actual, double exact) {
    if (Double.isNaN(exact) || Float.isNaN(actual) || Double.isInfinite(exact) || exact == 0) {
      return Float.compare(actual, (float) exact) == 0 ? 0 : Double.POSITIVE_INFINITY;
    }
    if (actual == 0 && Math.copySign(1, actual) != Math.signum(exact)) {
      return Double.POSITIVE_INFINITY;
    }
    double unit = Math.ulp(Math.min(Math.abs((float) exact), Float.MAX_VALUE));
    return Math.abs(finite(actual) - finite(exact)) / unit;
  }

  private static double finite(double value) {
    return Math.clamp(value, -OVERFLOW, OVERFLOW);
  }
}
