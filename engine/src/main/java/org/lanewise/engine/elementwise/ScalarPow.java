package org.lanewise.engine.elementwise;

/**
 * The power function.
 *
 * <p>{@code |x|^y = 2^(y log2 |x|)}. The logarithm and its product with {@code y} are carried as
 * unevaluated sums of two floats, a high and a low part (Dekker, 1971), because an error in the
 * product grows up to 128-fold in the result. With {@code |x| = 2^e c m}, {@code c} one of 1 and
 * {@link #MIDDLE}, and {@code s = (m - 1) / (m + 1)} the logarithm is {@code e + log2(c) + 2 / ln 2
 * (s + s^3 / 3 + ...)}. Every step is one exactly defined IEEE 754 operation, so the bits depend on
 * the arguments alone.
 */
final class ScalarPow {
  /** The bits of 0.8409: exponents are chosen so that mantissas lie between it and its double. */
  static final int LEAST_BITS = 0x3f574539;

  /** From here on the mantissa is divided by {@link #MIDDLE}. */
  static final float UPPER = 0x1.30624ep0f;

  /** A float near sqrt(2) whose logarithm, 0.50573730470, is within 2^-35 of a short number. */
  static final float MIDDLE = 0x1.6b7b36p0f;

  static final float LOG2_MIDDLE = 4143f / 8192;

  /** 2 / ln 2 in two parts. */
  static final float FACTOR_HIGH = 0x1.715476p1f;

  static final float FACTOR_LOW = 0x1.4ae0cp-25f;

  /** From here on every float is an integer. */
  static final float INTEGERS = 0x1p23f;

  private ScalarPow() {}

  /**
   * The power {@code x^y}; maximum error 1.5 ULP, measured over some 10^8 random arguments.
   *
   * <p>The special cases are those of {@link Math#pow}: {@code x^±0 = 1} even for NaN; {@code x^1 =
   * x}; a negative x has a power only for an integer y, negative for an odd one; a zero or infinite
   * x gives a zero or an infinity, negative for a negative x and an odd y; {@code (±1)^±Inf} is
   * NaN, and so is every other power with a NaN.
   */
  static float pow(float x, float y) {
    // a = |x| = 2^e mantissa, e still in place, a subnormal scaled first.
    float a = Math.abs(x);
    boolean subnormal = a < Float.MIN_NORMAL;
    int bits = Float.floatToRawIntBits(subnormal ? a * 0x1p23f : a);
    int exponent = (bits - LEAST_BITS) & ScalarLog.EXPONENT_MASK;
    float mantissa = Float.intBitsToFloat(bits - exponent);
    float e = exponent;
    e = subnormal ? e - 23 * 0x1p23f : e;
    boolean upper = mantissa >= UPPER;
    float c = upper ? MIDDLE : 1f;
    e = Math.fma(e, 0x1p-23f, upper ? LOG2_MIDDLE : 0f);
    // -s = -(mantissa - c) / (mantissa + c), the low part from the quotient's remainder.
    float numerator = mantissa - c;
    float sum = mantissa + c;
    float sumLow = mantissa - (sum - c);
    float reciprocal = -1f / sum;
    float s = numerator * reciprocal;
    float sLow = Math.fma(s, sumLow, Math.fma(s, sum, numerator)) * reciprocal;
    // atanh(s) = s (1 + w), w = z t, the roundings of z and w kept.
    float z = s * s;
    float zLow = Math.fma(s, s, 0f - z) + (s + s) * sLow;
    float t = Math.fma(0x1.2806eep-3f, z, 0x1.999592p-3f);
    t = Math.fma(t, z, 0x1.555556p-2f);
    float w = z * t;
    float wLow = Math.fma(zLow, t, Math.fma(z, t, 0f - w));
    // log2(a) = e + first (1 + w), first = 2 / ln 2 * s.
    float first = s * -FACTOR_HIGH;
    float firstLow = Math.fma(s, -FACTOR_HIGH, s * FACTOR_HIGH);
    firstLow = Math.fma(s, -FACTOR_LOW, firstLow);
    firstLow = Math.fma(sLow, -FACTOR_HIGH, firstLow);
    float log = Math.fma(first, w, first);
    float low = Math.fma(first, w, first - log) + Math.fma(first, wLow, firstLow);
    float total = e + log;
    low = low + (e - total + log);
    // 2^(y log2(a)).
    float product = y * total;
    float productLow = Math.fma(y, low, Math.fma(y, total, 0f - product));
    float shifted = product + ScalarExp.TWO_SCALES;
    float r = product - (shifted - ScalarExp.TWO_SCALES) + productLow;
    float q = 0x1.4173aep-13f;
    q = Math.fma(q, r, 0x1.5f0986p-10f);
    q = Math.fma(q, r, 0x1.3b2ddap-7f);
    q = Math.fma(q, r, 0x1.c6af7ap-5f);
    q = Math.fma(q, r, 0x1.ebfbdcp-3f);
    q = Math.fma(q, r, 0x1.62e43p-1f);
    int n = Float.floatToRawIntBits(shifted);
    float scale = ScalarExp.firstScale(n);
    float power = Math.fma(q * r, scale, scale) * ScalarExp.secondScale(n);
    // Where a is zero, infinite or NaN the sign of y (log2 a) decides; so where that is large.
    product = a < Float.POSITIVE_INFINITY ? product : y * a;
    product = a == 0f ? y * Float.NEGATIVE_INFINITY : product;
    power = product < -151f ? 0f : power;
    power = product > 129f ? Float.POSITIVE_INFINITY : power;
    power = Float.isNaN(product) ? product : power;
    // What |y| exceeds the nearest even integer by (where that is a float): 1 for an odd y.
    float size = Math.abs(y);
    float even = size * 0.5f + INTEGERS - INTEGERS;
    float excess = Math.abs(Math.fma(even, -2f, size));
    float fraction = Math.abs(excess - (excess + INTEGERS - INTEGERS));
    boolean negative = x < 0f && a < Float.POSITIVE_INFINITY;
    power = fraction > 0f && negative ? Float.NaN : power;
    int sign = Float.floatToRawIntBits(x) & Integer.MIN_VALUE;
    float signed = Float.intBitsToFloat(Float.floatToRawIntBits(power) | sign);
    power = excess == 1f ? signed : power;
    power = y == 1f ? x : power;
    return y == 0f ? 1f : power;
  }
}
