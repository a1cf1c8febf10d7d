package org.lanewise.engine.simd;

import static org.lanewise.engine.simd.Splat.splat;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * The natural logarithms of a vector: {@code log} and {@code log1p}.
 *
 * <p>Both write the argument of the logarithm as {@code 2^e (1 + f)} with {@code sqrt(1/2) <= 1 + f
 * < sqrt(2)} and return {@code e ln 2 + f + f^2 q(f)}, {@code q} a minimax polynomial with float
 * coefficients. Nothing branches and every step is one exactly defined IEEE 754 operation, so the
 * bits depend on the argument alone.
 */
public final class LaneLog {
  static final int SQRT_HALF_BITS = Float.floatToRawIntBits((float) Math.sqrt(0.5));

  static final int EXPONENT_MASK = 0xff800000;

  /** Bits of 4.0: an exponent e subtracted from it in place leaves 2^(2 - e). */
  private static final int FOUR_BITS = Float.floatToRawIntBits(4f);

  /** Exponents are kept in place, that is multiplied by 2^23; the constants undo that. */
  private static final float EXPONENT_UNIT = 0x1p23f;

  private static final float LN2_HIGH = LaneExp.LN2_HIGH / EXPONENT_UNIT;
  private static final float LN2_LOW = LaneExp.LN2_LOW / EXPONENT_UNIT;

  private LaneLog() {}

  /**
   * The natural logarithm of x; maximum error 1.0 ULP, measured over all floats, subnormal ones
   * included.
   *
   * <p>{@code log(±0) = -Inf}, {@code log(1) = +0}, {@code log(+Inf) = +Inf}; NaN and all below
   * zero give NaN.
   */
  public static FloatVector log(FloatVector x) {
    VectorMask<Float> subnormal = x.compare(VectorOperators.LT, Float.MIN_NORMAL);
    IntVector bits = x.blend(x.mul(EXPONENT_UNIT), subnormal).reinterpretAsInts();
    IntVector exponent = bits.sub(SQRT_HALF_BITS).and(EXPONENT_MASK);
    FloatVector f = bits.sub(exponent).reinterpretAsFloats().sub(1f);
    FloatVector e = toFloats(exponent);
    e = e.blend(e.sub(23 * EXPONENT_UNIT), subnormal);
    FloatVector y = log1pReduced(f);
    y = e.fma(splat(LN2_HIGH), e.fma(splat(LN2_LOW), y));
    y = y.blend(x, x.compare(VectorOperators.LT, Float.POSITIVE_INFINITY).not());
    y = y.blend(Float.NaN, x.compare(VectorOperators.LT, 0f));
    return y.blend(Float.NEGATIVE_INFINITY, x.compare(VectorOperators.EQ, 0f));
  }

  /**
   * The natural logarithm {@code log(1 + x)}, accurate for small x too; maximum error 1.5 ULP,
   * measured over all floats.
   *
   * <p>{@code log1p(±0) = ±0}, {@code log1p(-1) = -Inf}, {@code log1p(+Inf) = +Inf}; NaN and all
   * below -1 give NaN.
   */
  public static FloatVector log1p(FloatVector x) {
    // The rounded sum only chooses the exponent; f comes from x itself with one rounding.
    IntVector exponent = x.add(1f).reinterpretAsInts().sub(SQRT_HALF_BITS).and(EXPONENT_MASK);
    IntVector negated = exponent.neg();
    FloatVector scale = negated.add(FOUR_BITS).reinterpretAsFloats().mul(0.25f);
    FloatVector f = x.fma(scale, scale.sub(1f));
    FloatVector y = log1pReduced(f);
    // With -e and -ln 2 an exponent of zero adds -0, which keeps the sign of a zero.
    FloatVector e = toFloats(negated);
    y = e.fma(splat(-LN2_HIGH), e.fma(splat(-LN2_LOW), y));
    y = y.blend(x, x.compare(VectorOperators.EQ, Float.POSITIVE_INFINITY));
    y = y.blend(Float.NaN, x.compare(VectorOperators.LT, -1f));
    return y.blend(Float.NEGATIVE_INFINITY, x.compare(VectorOperators.EQ, -1f));
  }

  /** Converts multiples of 2^23, exactly. */
  static FloatVector toFloats(IntVector exponent) {
    return (FloatVector) exponent.convert(VectorOperators.I2F, 0);
  }

  /** {@code log(1 + f)} for {@code -0.293 <= f <= 0.4143}, within 2^-27 and the last roundings. */
  private static FloatVector log1pReduced(FloatVector f) {
    FloatVector q = splat(-0x1.38c522p-4f);
    q = q.fma(f, splat(0x1.055e4ap-3f));
    q = q.fma(f, splat(-0x1.0d82e2p-3f));
    q = q.fma(f, splat(0x1.22d954p-3f));
    q = q.fma(f, splat(-0x1.547282p-3f));
    q = q.fma(f, splat(0x1.99a01ap-3f));
    q = q.fma(f, splat(-0x1.000226p-2f));
    q = q.fma(f, splat(0x1.555554p-2f));
    q = q.fma(f, splat(-0.5f));
    return q.fma(f.mul(f), f);
  }
}
