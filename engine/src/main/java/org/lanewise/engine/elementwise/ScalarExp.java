package org.lanewise.engine.elementwise;

/**
 * The exponential functions: {@code exp} and {@code expm1}.
 *
 * <p>Both write {@code x = n ln 2 + r} with an integer {@code n} and {@code |r| <= ln(2) / 2}
 * (argument reduction in two steps after Cody and Waite, 1980), take {@code e^r - 1} from a
 * polynomial, and scale by {@code 2^n} through the exponent bits. Every step is one exactly defined
 * IEEE 754 operation, so the bits depend on the argument alone.
 *
 * <p>The polynomials are weighted minimax fits whose coefficients were rounded to float one after
 * the other, the rest being fitted anew each time.
 */
final class ScalarExp {
  static final float LOG2_E = 0x1.715476p0f;

  /** The float nearest ln 2; {@code x - n LN2_HIGH} is exact by fma for every n used here. */
  static final float LN2_HIGH = 0x1.62e43p-1f;

  static final float LN2_LOW = -0x1.05c61p-29f;

  /**
   * Added to a small number it rounds that to an integer, which then stands in the lowest mantissa
   * bits of the sum (two's complement).
   */
  static final float ROUNDER = 0x1.8p23f;

  /** Exponents lose their bias when half of each of two scales carries it. */
  static final float TWO_SCALES = ROUNDER + 2 * Float.MAX_EXPONENT;

  /** The bits of the largest exponent: far enough for overflow, near enough for two scales. */
  static final int LARGEST_BITS = Float.floatToRawIntBits(TWO_SCALES + 130);

  /** Bits of the mantissa: a biased exponent shifted left by this many is a power of two. */
  static final int EXPONENT_SHIFT = Float.PRECISION - 1;

  /** Subtracted in place from a biased exponent, it takes away one of two biases, and 1. */
  static final int HALF_SCALE = (Float.MAX_EXPONENT + 1) << EXPONENT_SHIFT;

  private ScalarExp() {}

  /**
   * The exponential {@code e^x}; maximum error 1.05 ULP, measured over all floats, those with
   * subnormal results included.
   *
   * <p>{@code exp(±0) = 1}, {@code exp(-Inf) = +0}, {@code exp(+Inf) = +Inf}, NaN gives NaN. Above
   * 88.72283 the result is +Inf, below -103.97208 it is +0.
   */
  static float exp(float x) {
    int n = turns(x);
    float p = expm1Remainder(x, n);
    // 2^n as two powers of two, each a normal float; the second rounds a subnormal result.
    float scale = firstScale(n);
    float y = Math.fma(p, scale, scale) * secondScale(n);
    return x < -104f ? 0f : y;
  }

  /**
   * The exponential less one, {@code e^x - 1}, accurate for small x too; maximum error 1.58 ULP,
   * measured over all floats.
   *
   * <p>{@code expm1(±0) = ±0}, {@code expm1(-Inf) = -1}, {@code expm1(+Inf) = +Inf}, NaN gives NaN.
   */
  static float expm1(float x) {
    int n = turns(x);
    float p = expm1Remainder(x, n);
    // e^x - 1 = 2 (2^(n-1) p + 2^(n-1) - 1/2): half the scale because 2^128 is not a float.
    float scale = Float.intBitsToFloat((n << EXPONENT_SHIFT) - HALF_SCALE);
    float y = Math.fma(p, scale, scale - 0.5f);
    y = y + y;
    // Where p is x, so is e^x - 1; this keeps -0 and every subnormal.
    y = p == x ? x : y;
    // Where the scale has left the range of floats.
    y = x < -18f ? -1f : y;
    return x > 89f ? Float.POSITIVE_INFINITY : y;
  }

  /** The integer n nearest to {@code x / ln 2} in the lowest bits, with the bias of two scales. */
  private static int turns(float x) {
    // Where n is held the result overflows by the scale, or r is infinite or NaN.
    return Math.min(Float.floatToRawIntBits(Math.fma(x, LOG2_E, TWO_SCALES)), LARGEST_BITS);
  }

  /** {@code e^r - 1} of the remainder r that n leaves of x. */
  private static float expm1Remainder(float x, int n) {
    return expm1Reduced(reduce(x, Float.intBitsToFloat(n) - TWO_SCALES));
  }

  /** The first of two powers of two whose product is {@code 2^n}, n with the bias of both. */
  static float firstScale(int n) {
    return Float.intBitsToFloat((n >>> 1) << EXPONENT_SHIFT);
  }

  /** The second power of two. */
  static float secondScale(int n) {
    return Float.intBitsToFloat((n << EXPONENT_SHIFT) - ((n >>> 1) << EXPONENT_SHIFT));
  }

  /** The remainder {@code x - n ln 2}, {@code n} an integer of magnitude below 256. */
  static float reduce(float x, float n) {
    return Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, x));
  }

  /** Interprets the lowest bits of {@code shifted} as a biased exponent: the power of two. */
  static float powerOfTwo(float shifted) {
    return Float.intBitsToFloat(Float.floatToRawIntBits(shifted) << EXPONENT_SHIFT);
  }

  /** {@code e^r - 1} for {@code |r| <= 0.3467}, within 2^-28 and one rounding of the sum. */
  static float expm1Reduced(float r) {
    // Pairs of terms (Estrin, 1960), so that they are computed side by side.
    float r2 = r * r;
    float low = Math.fma(r, 0x1.55549p-3f, 0.5f);
    float high = Math.fma(r, 0x1.123ac8p-7f, 0x1.5554cep-5f);
    high = Math.fma(r2, 0x1.6d6a4p-10f, high);
    return Math.fma(Math.fma(high, r2, low), r2, r);
  }
}
