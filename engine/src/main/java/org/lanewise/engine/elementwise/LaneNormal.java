package org.lanewise.engine.elementwise;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static org.lanewise.engine.vector.Lanes.FLOATS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * The standard normal distribution: its distribution function and its density.
 *
 * <p>Both need {@code e^(-x²/2)}, whose relative error would be that of {@code x²} times {@code
 * x²/2}: so the rounding error of the square is carried along.
 */
public final class LaneNormal {
  /** From here on both functions of {@code -x} are below half of the smallest float. */
  private static final float LARGEST = 15f;

  private static final float HALF_LOG2_E = LaneExp.LOG2_E / 2;

  /** {@code 1 / √(2π)}. */
  private static final float PEAK = 0x1.988454p-2f;

  /** Numerator and denominator of the distribution function share it: no scale is subnormal. */
  private static final float UNIT = 0x1p64f;

  private static final float UNIT_SCALE = LaneExp.ROUNDER + Float.MAX_EXPONENT + 64;

  private LaneNormal() {}

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
  public static FloatVector cdf(FloatVector x) {
    FloatVector a = magnitude(x);
    FloatVector square = a.mul(a);
    FloatVector shifted = shifted(square, UNIT_SCALE);
    FloatVector p = LaneExp.expm1Reduced(remainder(a, square, shifted, UNIT_SCALE));
    FloatVector s = broadcast(FLOATS, 1f).div(a.add(3.5f));
    FloatVector g = broadcast(FLOATS, -0x1.6c097ep12f);
    g = g.fma(s, broadcast(FLOATS, 0x1.011f9cp13f));
    g = g.fma(s, broadcast(FLOATS, -0x1.faaecep11f));
    g = g.fma(s, broadcast(FLOATS, 0x1.81f402p9f));
    g = g.fma(s, broadcast(FLOATS, -0x1.03d614p7f));
    g = g.fma(s, broadcast(FLOATS, 0x1.960678p3f));
    g = g.fma(s, broadcast(FLOATS, 0x1.2923bp1f));
    g = g.fma(s, broadcast(FLOATS, 0x1.5bb022p0f));
    g = g.fma(s, broadcast(FLOATS, 0x1.fea356p-2f));
    g = g.fma(s, broadcast(FLOATS, 0x1.98836ep-2f));
    g = g.mul(LaneExp.powerOfTwo(shifted));
    FloatVector y =
        p.fma(g, g).div(a.fma(broadcast(FLOATS, UNIT), broadcast(FLOATS, 1.25f * UNIT)));
    return y.blend(broadcast(FLOATS, 1f).sub(y), x.compare(GT, broadcast(FLOATS, 0f)));
  }

  /**
   * The density {@code φ(x) = e^(-x²/2) / √(2π)}; maximum error 1.37 ULP, measured over all floats
   * of magnitude 2<sup>-24</sup> to 16 and every 4093rd other, those with subnormal results
   * included.
   *
   * <p>Even bit for bit, {@code φ(±Inf) = +0}, NaN gives NaN. From 14.3565 on the result is +0.
   */
  public static FloatVector pdf(FloatVector x) {
    FloatVector a = magnitude(x);
    FloatVector square = a.mul(a);
    FloatVector shifted = shifted(square, LaneExp.TWO_SCALES);
    FloatVector p = LaneExp.expm1Reduced(remainder(a, square, shifted, LaneExp.TWO_SCALES));
    // As in LaneExp.exp: the second power of two rounds a subnormal result.
    IntVector n = shifted.reinterpretAsInts();
    IntVector half = n.lanewise(LSHR, 1).lanewise(LSHL, LaneExp.EXPONENT_SHIFT);
    FloatVector rest = n.lanewise(LSHL, LaneExp.EXPONENT_SHIFT).sub(half).reinterpretAsFloats();
    FloatVector scale = half.reinterpretAsFloats().mul(PEAK);
    return p.fma(scale, scale).mul(rest);
  }

  private static FloatVector magnitude(FloatVector x) {
    FloatVector largest = broadcast(FLOATS, LARGEST);
    FloatVector a = x.abs();
    return a.blend(largest, a.compare(GT, largest));
  }

  /** The integer n nearest to {@code -square / (2 ln 2)}, added to a rounder. */
  private static FloatVector shifted(FloatVector square, float rounder) {
    return square.fma(broadcast(FLOATS, -HALF_LOG2_E), broadcast(FLOATS, rounder));
  }

  /** What {@code n ln 2} leaves of {@code -a²/2}, of which the square is a rounded double. */
  private static FloatVector remainder(
      FloatVector a, FloatVector square, FloatVector shifted, float rounder) {
    FloatVector minusHalf = broadcast(FLOATS, -0.5f);
    FloatVector lost = a.fma(a, square.neg());
    FloatVector r = LaneExp.reduce(square.mul(minusHalf), shifted.sub(rounder));
    return lost.fma(minusHalf, r);
  }
}
