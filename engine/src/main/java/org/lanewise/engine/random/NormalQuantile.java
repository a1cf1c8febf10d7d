package org.lanewise.engine.random;

/**
 * The quantile function of the standard normal distribution.
 *
 * <p>Source: Wichura, "Algorithm AS 241: the percentage points of the normal distribution" (1988),
 * the routine of 16 digits. Its outer tail, probabilities below e<sup>-25</sup>, is left out: a
 * probability made from 32 bits stays above 2<sup>-33</sup>.
 */
// The coefficients keep all their published digits, to be compared with the source.
@SuppressWarnings("FloatingPointLiteralPrecision")
final class NormalQuantile {
  /** The largest argument: one half less 2<sup>-33</sup>. */
  static final double LIMIT = 0.5 - 0x1p-33;

  /** The relative error of the result is at most this. */
  static final double RELATIVE_ERROR = 1e-15;

  private static final double CENTRAL = 0.425;

  private NormalQuantile() {}

  /**
   * Returns the z below which a standard normal variable falls with probability ½ + q. Being given
   * the distance from the median keeps both tails equally exact: the function is odd, bit for bit.
   *
   * @param q between -{@link #LIMIT} and {@link #LIMIT}, not checked
   */
  static double ofDistanceFromMedian(double q) {
    double distance = StrictMath.abs(q);
    if (distance <= CENTRAL) {
      return q * central(CENTRAL * CENTRAL - q * q);
    }
    // Exact by Sterbenz's lemma: the distance is more than half of one half.
    double tail = 0.5 - distance;
    double z = tail(StrictMath.sqrt(-StrictMath.log(tail)) - 1.6);
    return q < 0 ? -z : z;
  }

  private static double central(double r) {
    double numerator = 2.5090809287301226727e+3;
    numerator = numerator * r + 3.3430575583588128105e+4;
    numerator = numerator * r + 6.7265770927008700853e+4;
    numerator = numerator * r + 4.5921953931549871457e+4;
    numerator = numerator * r + 1.3731693765509461125e+4;
    numerator = numerator * r + 1.9715909503065514427e+3;
    numerator = numerator * r + 1.3314166789178437745e+2;
    numerator = numerator * r + 3.3871328727963666080e+0;
    double denominator = 5.2264952788528545610e+3;
    denominator = denominator * r + 2.8729085735721942674e+4;
    denominator = denominator * r + 3.9307895800092710610e+4;
    denominator = denominator * r + 2.1213794301586595867e+4;
    denominator = denominator * r + 5.3941960214247511077e+3;
    denominator = denominator * r + 6.8718700749205790830e+2;
    denominator = denominator * r + 4.2313330701600911252e+1;
    denominator = denominator * r + 1;
    return numerator / denominator;
  }

  private static double tail(double r) {
    double numerator = 7.74545014278341407640e-4;
    numerator = numerator * r + 2.27238449892691845833e-2;
    numerator = numerator * r + 2.41780725177450611770e-1;
    numerator = numerator * r + 1.27045825245236838258e+0;
    numerator = numerator * r + 3.64784832476320460504e+0;
    numerator = numerator * r + 5.76949722146069140550e+0;
    numerator = numerator * r + 4.63033784615654529590e+0;
    numerator = numerator * r + 1.42343711074968357734e+0;
    double denominator = 1.05075007164441684324e-9;
    denominator = denominator * r + 5.47593808499534494600e-4;
    denominator = denominator * r + 1.51986665636164571966e-2;
    denominator = denominator * r + 1.48103976427480074590e-1;
    denominator = denominator * r + 6.89767334985100004550e-1;
    denominator = denominator * r + 1.67638483018380384940e+0;
    denominator = denominator * r + 2.05319162663775882187e+0;
    denominator = denominator * r + 1;
    return numerator / denominator;
  }
}
