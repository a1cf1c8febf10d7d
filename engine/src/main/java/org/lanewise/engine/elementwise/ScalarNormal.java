package org.lanewise.engine.elementwise;

/**
 * The standard normal distribution: its distribution function and its density.
 *
 * <p>Both need {@code e^(-x²/2)}, whose relative error would be that of {@code x²} times {@code
 * x²/2}: so the rounding error of the square is carried along.
 */
final class ScalarNormal {
  /** From here on both functions of {@code -x} are below half of the smallest float. */
  static final float LARGEST = 15f;

  static final float HALF_LOG2_E = ScalarExp.LOG2_E / 2;

  /** {@code 1 / √(2π)}. */
  static final float PEAK = 0x1.988454p-2f;

  /** Numerator and denominator of the distribution function share it: no scale is subnormal. */
  static final float UNIT = 0x1p64f;

  static final float UNIT_SCALE = ScalarExp.ROUNDER + Float.MAX_EXPONENT + 64;

  private ScalarNormal() {}

  /**
   * The distribution function {@code Φ(x)}, the probability of a value up to x; maximum error 4.0
   * ULP (just below 0), measured over all floats of magnitude 2<sup>-24</sup> to 16 and every
   * 4093rd other, those with subnormal results included.
   *
   * <p>{@code Φ(±0) = 0.5}, {@code Φ(-Inf) = +0}, {@code Φ(+Inf) = 1}, NaN gives NaN. From
   * -14.17019 down the result is +0, from 5.42 on it is 1.
   *
   * <p>{@code Φ(-a) = e^(-a²/2) g(1 / (a + 3.5)) / (a + 1.25)} with a minimax polynomial {@code g},
   * for {@code a >= 0}; and {@code Φ(a) = 1 - Φ(-a)}.
   */
  static float cdf(float x) {
    float a = magnitude(x);
    float square = a * a;
    float shifted = Math.fma(square, -HALF_LOG2_E, UNIT_SCALE);
    float p = ScalarExp.expm1Reduced(remainder(a, square, shifted - UNIT_SCALE));
    float s = 1f / (a + 3.5f);
    float g = -0x1.6c097ep12f;
    g = Math.fma(g, s, 0x1.011f9cp13f);
    g = Math.fma(g, s, -0x1.faaecep11f);
    g = Math.fma(g, s, 0x1.81f402p9f);
    g = Math.fma(g, s, -0x1.03d614p7f);
    g = Math.fma(g, s, 0x1.960678p3f);
    g = Math.fma(g, s, 0x1.2923bp1f);
    g = Math.fma(g, s, 0x1.5bb022p0f);
    g = Math.fma(g, s, 0x1.fea356p-2f);
    g = Math.fma(g, s, 0x1.98836ep-2f);
    g = g * ScalarExp.powerOfTwo(shifted);
    float y = Math.fma(p, g, g) / Math.fma(a, UNIT, 1.25f * UNIT);
    return x > 0f ? 1f - y : y;
  }

  /**
   * The density {@code φ(x) = e^(-x²/2) / √(2π)}; maximum error 1.37 ULP, measured over all floats
   * of magnitude 2<sup>-24</sup> to 16 and every 4093rd other, those with subnormal results
   * included.
   *
   * <p>Even bit for bit, {@code φ(±Inf) = +0}, NaN gives NaN. From 14.3565 on the result is +0.
   */
  static float pdf(float x) {
    float a = magnitude(x);
    float square = a * a;
    float shifted = Math.fma(square, -HALF_LOG2_E, ScalarExp.TWO_SCALES);
    float p = ScalarExp.expm1Reduced(remainder(a, square, shifted - ScalarExp.TWO_SCALES));
    // As in ScalarExp.exp: the second power of two rounds a subnormal result.
    int n = Float.floatToRawIntBits(shifted);
    float scale = ScalarExp.firstScale(n) * PEAK;
    return Math.fma(p, scale, scale) * ScalarExp.secondScale(n);
  }

  private static float magnitude(float x) {
    float a = Math.abs(x);
    return a > LARGEST ? LARGEST : a;
  }

  /** What {@code n ln 2} leaves of {@code -a²/2}, of which the square is a rounded double. */
  private static float remainder(float a, float square, float n) {
    float lost = Math.fma(a, a, -square);
    return Math.fma(lost, -0.5f, ScalarExp.reduce(square * -0.5f, n));
  }
}
