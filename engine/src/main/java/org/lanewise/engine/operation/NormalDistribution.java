package org.lanewise.engine.operation;

/** The standard normal distribution in double precision. */
final class NormalDistribution {
  private static final double ONE_OVER_SQRT_TWO_PI = 1 / Math.sqrt(2 * Math.PI);

  private static final double SQRT_HALF = Math.sqrt(0.5);

  /** From here down 1 + erf loses more digits than the continued fraction. */
  private static final double FAR = -2;

  /** Enough for the continued fraction from {@link #FAR} down. */
  private static final int LEVELS = 100;

  private NormalDistribution() {}

  /**
   * The distribution function {@code Φ(x)}; relative error below 10<sup>−14</sup> where the result
   * is a normal float.
   *
   * <p>Far below 0 the continued fraction φ/(a + 1/(a + 2/(a + 3/…))) of Abramowitz and Stegun,
   * 26.2.14, with a = −x.
   */
  static double cdf(double x) {
    if (!(x < FAR)) {
      return 0.5 * (1 + ErrorFunction.erf(x * SQRT_HALF));
    }
    double denominator = -x;
    for (int level = LEVELS; level > 0; level--) {
      denominator = level / denominator - x;
    }
    return pdf(x) / denominator;
  }

  /** The density {@code φ(x) = e^(-x²/2) / √(2π)}; relative error x² · 2<sup>−53</sup>. */
  static double pdf(double x) {
    return ONE_OVER_SQRT_TWO_PI * Math.exp(-0.5 * x * x);
  }
}
