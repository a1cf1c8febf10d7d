package org.lanewise.engine.elementwise;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static org.lanewise.engine.vector.Lanes.FLOATS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/** The lanes' standard normal distribution, as {@link ScalarNormal} defines it. */
final class LaneNormal {
  private LaneNormal() {}

  /** {@link ScalarNormal#cdf} of every lane. */
  static FloatVector cdf(FloatVector x) {
    FloatVector a = magnitude(x);
    FloatVector square = a.mul(a);
    FloatVector shifted = shifted(square, ScalarNormal.UNIT_SCALE);
    FloatVector p = LaneExp.expm1Reduced(remainder(a, square, shifted, ScalarNormal.UNIT_SCALE));
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
        p.fma(g, g)
            .div(
                a.fma(
                    broadcast(FLOATS, ScalarNormal.UNIT),
                    broadcast(FLOATS, 1.25f * ScalarNormal.UNIT)));
    return y.blend(broadcast(FLOATS, 1f).sub(y), x.compare(GT, broadcast(FLOATS, 0f)));
  }

  /** {@link ScalarNormal#pdf} of every lane. */
  static FloatVector pdf(FloatVector x) {
    FloatVector a = magnitude(x);
    FloatVector square = a.mul(a);
    FloatVector shifted = shifted(square, ScalarExp.TWO_SCALES);
    FloatVector p = LaneExp.expm1Reduced(remainder(a, square, shifted, ScalarExp.TWO_SCALES));
    // As in ScalarExp.exp: the second power of two rounds a subnormal result.
    IntVector n = shifted.reinterpretAsInts();
    IntVector half = n.lanewise(LSHR, 1).lanewise(LSHL, ScalarExp.EXPONENT_SHIFT);
    FloatVector rest = n.lanewise(LSHL, ScalarExp.EXPONENT_SHIFT).sub(half).reinterpretAsFloats();
    FloatVector scale = half.reinterpretAsFloats().mul(ScalarNormal.PEAK);
    return p.fma(scale, scale).mul(rest);
  }

  private static FloatVector magnitude(FloatVector x) {
    FloatVector largest = broadcast(FLOATS, ScalarNormal.LARGEST);
    FloatVector a = x.abs();
    return a.blend(largest, a.compare(GT, largest));
  }

  /** The integer n nearest to {@code -square / (2 ln 2)}, added to a rounder. */
  private static FloatVector shifted(FloatVector square, float rounder) {
    return square.fma(broadcast(FLOATS, -ScalarNormal.HALF_LOG2_E), broadcast(FLOATS, rounder));
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
