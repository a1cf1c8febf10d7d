package org.lanewise.engine.elementwise;

import static java.lang.Float.POSITIVE_INFINITY;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.IntVector.broadcast;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static org.lanewise.engine.vector.Lanes.FLOATS;
import static org.lanewise.engine.vector.Lanes.INTS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * The exponential functions of a vector: {@code exp} and {@code expm1}.
 *
 * <p>Both write {@code x = n ln 2 + r} with an integer {@code n} and {@code |r| <= ln(2) / 2}
 * (argument reduction in two steps after Cody and Waite, 1980), take {@code e^r - 1} from a
 * polynomial, and scale by {@code 2^n} through the exponent bits. Nothing branches and every step
 * is one exactly defined IEEE 754 operation, so the bits depend on the argument alone. Of one
 * argument in one loop the compiler takes all but the last steps once for both.
 *
 * <p>The polynomials are weighted minimax fits whose coefficients were rounded to float one after
 * the other, the rest being fitted anew each time.
 */
public final class LaneExp {
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
  private static final int LARGEST_BITS = Float.floatToRawIntBits(TWO_SCALES + 130);

  /** Bits of the mantissa: a biased exponent shifted left by this many is a power of two. */
  static final int EXPONENT_SHIFT = Float.PRECISION - 1;

  /** Subtracted in place from a biased exponent, it takes away one of two biases, and 1. */
  private static final int HALF_SCALE = (Float.MAX_EXPONENT + 1) << EXPONENT_SHIFT;

  private LaneExp() {}

  /**
   * The exponential {@code e^x}; maximum error 1.05 ULP, measured over all floats, those with
   * subnormal results included.
   *
   * <p>{@code exp(±0) = 1}, {@code exp(-Inf) = +0}, {@code exp(+Inf) = +Inf}, NaN gives NaN. Above
   * 88.72283 the result is +Inf, below -103.97208 it is +0.
   */
  public static FloatVector exp(FloatVector x) {
    IntVector n = turns(x);
    FloatVector p = expm1Remainder(x, n);
    // 2^n as two powers of two, each a normal float; the second rounds a subnormal result.
    IntVector half = n.lanewise(LSHR, 1).lanewise(LSHL, EXPONENT_SHIFT);
    FloatVector rest = n.lanewise(LSHL, EXPONENT_SHIFT).sub(half).reinterpretAsFloats();
    FloatVector scale = half.reinterpretAsFloats();
    FloatVector y = p.fma(scale, scale).mul(rest);
    return y.blend(broadcast(FLOATS, 0f), x.compare(LT, broadcast(FLOATS, -104f)));
  }

  /**
   * The exponential less one, {@code e^x - 1}, accurate for small x too; maximum error 1.58 ULP,
   * measured over all floats.
   *
   * <p>{@code expm1(±0) = ±0}, {@code expm1(-Inf) = -1}, {@code expm1(+Inf) = +Inf}, NaN gives NaN.
   */
  public static FloatVector expm1(FloatVector x) {
    IntVector n = turns(x);
    FloatVector p = expm1Remainder(x, n);
    // e^x - 1 = 2 (2^(n-1) p + 2^(n-1) - 1/2): half the scale because 2^128 is not a float.
    IntVector half = n.lanewise(LSHL, EXPONENT_SHIFT).sub(broadcast(INTS, HALF_SCALE));
    FloatVector scale = half.reinterpretAsFloats();
    FloatVector y = p.fma(scale, scale.sub(broadcast(FLOATS, 0.5f)));
    y = y.add(y);
    // Where p is x, so is e^x - 1; this keeps -0 and every subnormal.
    y = y.blend(x, p.compare(EQ, x));
    // Where the scale has left the range of floats.
    y = y.blend(broadcast(FLOATS, -1f), x.compare(LT, broadcast(FLOATS, -18f)));
    return y.blend(broadcast(FLOATS, POSITIVE_INFINITY), x.compare(GT, broadcast(FLOATS, 89f)));
  }

  /** The integer n nearest to {@code x / ln 2} in the lowest bits, with the bias of two scales. */
  private static IntVector turns(FloatVector x) {
    FloatVector shifted = x.fma(broadcast(FLOATS, LOG2_E), broadcast(FLOATS, TWO_SCALES));
    // Where n is held the result overflows by the scale, or r is infinite or NaN.
    return shifted.reinterpretAsInts().min(broadcast(INTS, LARGEST_BITS));
  }

  /** {@code e^r - 1} of the remainder r that n leaves of x. */
  private static FloatVector expm1Remainder(FloatVector x, IntVector n) {
    return expm1Reduced(reduce(x, n.reinterpretAsFloats().sub(broadcast(FLOATS, TWO_SCALES))));
  }

  /** The remainder {@code x - n ln 2}, {@code n} an integer of magnitude below 256. */
  static FloatVector reduce(FloatVector x, FloatVector n) {
    FloatVector r = n.fma(broadcast(FLOATS, -LN2_HIGH), x);
    return n.fma(broadcast(FLOATS, -LN2_LOW), r);
  }

  /** Interprets the lowest bits of {@code shifted} as a biased exponent: the power of two. */
  static FloatVector powerOfTwo(FloatVector shifted) {
    return shifted.reinterpretAsInts().lanewise(LSHL, EXPONENT_SHIFT).reinterpretAsFloats();
  }

  /** {@code e^r - 1} for {@code |r| <= 0.3467}, within 2^-28 and one rounding of the sum. */
  static FloatVector expm1Reduced(FloatVector r) {
    // Pairs of terms (Estrin, 1960), so that they are computed side by side.
    FloatVector r2 = r.mul(r);
    FloatVector low = r.fma(broadcast(FLOATS, 0x1.55549p-3f), broadcast(FLOATS, 0.5f));
    FloatVector high = r.fma(broadcast(FLOATS, 0x1.123ac8p-7f), broadcast(FLOATS, 0x1.5554cep-5f));
    high = r2.fma(broadcast(FLOATS, 0x1.6d6a4p-10f), high);
    return high.fma(r2, low).fma(r2, r);
  }
}
