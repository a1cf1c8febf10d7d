package org.lanewise.engine.elementwise;

import static java.lang.Float.POSITIVE_INFINITY;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.IntVector.broadcast;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static org.lanewise.engine.elementwise.ScalarExp.EXPONENT_SHIFT;
import static org.lanewise.engine.elementwise.ScalarExp.HALF_SCALE;
import static org.lanewise.engine.elementwise.ScalarExp.LARGEST_BITS;
import static org.lanewise.engine.elementwise.ScalarExp.LN2_HIGH;
import static org.lanewise.engine.elementwise.ScalarExp.LN2_LOW;
import static org.lanewise.engine.elementwise.ScalarExp.LOG2_E;
import static org.lanewise.engine.elementwise.ScalarExp.TWO_SCALES;
import static org.lanewise.engine.vector.Lanes.FLOATS;
import static org.lanewise.engine.vector.Lanes.INTS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * The lanes' exponential functions, as {@link ScalarExp} defines them. Of one argument in one loop
 * the compiler takes all but the last steps once for both.
 */
final class LaneExp {
  private LaneExp() {}

  /** {@link ScalarExp#exp} of every lane. */
  static FloatVector exp(FloatVector x) {
    IntVector n = turns(x);
    FloatVector p = expm1Remainder(x, n);
    // 2^n as two powers of two, each a normal float; the second rounds a subnormal result.
    IntVector half = n.lanewise(LSHR, 1).lanewise(LSHL, EXPONENT_SHIFT);
    FloatVector rest = n.lanewise(LSHL, EXPONENT_SHIFT).sub(half).reinterpretAsFloats();
    FloatVector scale = half.reinterpretAsFloats();
    FloatVector y = p.fma(scale, scale).mul(rest);
    return y.blend(broadcast(FLOATS, 0f), x.compare(LT, broadcast(FLOATS, -104f)));
  }

  /** {@link ScalarExp#expm1} of every lane. */
  static FloatVector expm1(FloatVector x) {
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
