package org.lanewise.engine.elementwise;

/**
 * The natural logarithms: {@code log} and {@code log1p}.
 *
 * <p>Both write the argument of the logarithm as {@code 2^e (1 + f)} with {@code sqrt(1/2) <= 1 + f
 * < sqrt(2)} and return {@code e ln 2 + f + f^2 q(f)}, {@code q} a minimax polynomial with float
 * coefficients. Every step is one exactly defined IEEE 754 operation, so the bits depend on the
 * argument alone.
 */
final class ScalarLog {
  static final int SQRT_HALF_BITS = Float.floatToRawIntBits((float) Math.sqrt(0.5));

  static final int EXPONENT_MASK = 0xff800000;

  /** Bits of 4.0: an exponent e subtracted from it in place leaves 2^(2 - e). */
  static final int FOUR_BITS = Float.floatToRawIntBits(4f);

  /** Exponents are kept in place, that is multiplied by 2^23; the constants undo that. */
  private static final float EXPONENT_UNIT = 0x1p23f;

  /**
   * The float nearest ln 2. Its error is below a fifteenth of a ULP of every logarithm that a
   * multiple of it is part of.
   */
  static final float LN2 = ScalarExp.LN2_HIGH / EXPONENT_UNIT;

  /** The number that converting a subnormal's bits to a float adds to its exponent, in place. */
  static final int SUBNORMAL_SHIFT = 149 << ScalarExp.EXPONENT_SHIFT;

  static final int MIN_NORMAL_BITS = Float.floatToRawIntBits(Float.MIN_NORMAL);

  private ScalarLog() {}

  /**
   * The natural logarithm of x; maximum error 0.95 ULP, measured over all floats, subnormal ones
   * included.
   *
   * <p>{@code log(±0) = -Inf}, {@code log(1) = +0}, {@code log(+Inf) = +Inf}; NaN and all below
   * zero give NaN.
   */
  static float log(float x) {
    int bits = Float.floatToRawIntBits(x);
    int normalized = Float.floatToRawIntBits((float) bits) - SUBNORMAL_SHIFT;
    bits = bits < MIN_NORMAL_BITS ? normalized : bits;
    int exponent = exponent(bits);
    float f = Float.intBitsToFloat(bits - exponent) - 1f;
    // ln 2, to which the root adds nothing unless it is infinite, or NaN as of all below zero.
    float ln2 = Math.fma((float) Math.sqrt(x), Float.MIN_NORMAL, LN2);
    // The exponent of a zero comes out positive.
    ln2 = x == 0f ? Float.NEGATIVE_INFINITY : ln2;
    return Math.fma((float) exponent, ln2, log1pReduced(f));
  }

  /**
   * The natural logarithm {@code log(1 + x)}, accurate for small x too; maximum error 1.49 ULP,
   * measured over all floats.
   *
   * <p>{@code log1p(±0) = ±0}, {@code log1p(-1) = -Inf}, {@code log1p(+Inf) = +Inf}; NaN and all
   * below -1 give NaN.
   */
  static float log1p(float x) {
    // The rounded sum only chooses the exponent; f comes from x itself with one rounding.
    int exponent = exponent(Float.floatToRawIntBits(x + 1f));
    float scale = Float.intBitsToFloat(FOUR_BITS - exponent) * 0.25f;
    // Negated, so that an exponent of zero adds -0, which keeps the sign of x.
    float y = log1pReduced(Math.fma(x, scale, -(1f - scale)));
    // -e and -ln 2 instead of e and ln 2: again zero adds -0.
    y = Math.fma((float) -exponent, -LN2, y);
    y = x == Float.POSITIVE_INFINITY ? x : y;
    y = x < -1f ? Float.NaN : y;
    return x == -1f ? Float.NEGATIVE_INFINITY : y;
  }

  /** The exponent e of {@code 2^e m}, {@code sqrt(1/2) <= m < sqrt(2)}, in place in the bits. */
  private static int exponent(int bits) {
    return (bits - SQRT_HALF_BITS) & EXPONENT_MASK;
  }

  /** {@code log(1 + f)} for {@code -0.293 <= f <= 0.4143}, within 2^-27 and the last roundings. */
  private static float log1pReduced(float f) {
    // Pairs of terms, and pairs of pairs (Estrin, 1960), so that they are computed side by side.
    float f2 = f * f;
    float q1 = Math.fma(f, -0x1.000226p-2f, 0x1.555554p-2f);
    float q3 = Math.fma(f, -0x1.547282p-3f, 0x1.99a01ap-3f);
    float q5 = Math.fma(f, -0x1.0d82e2p-3f, 0x1.22d954p-3f);
    float q7 = Math.fma(f, -0x1.38c522p-4f, 0x1.055e4ap-3f);
    q1 = Math.fma(q3, f2, q1);
    q5 = Math.fma(q7, f2, q5);
    q1 = Math.fma(q5, f2 * f2, q1);
    return Math.fma(Math.fma(q1, f, -0.5f), f2, f);
  }
}
