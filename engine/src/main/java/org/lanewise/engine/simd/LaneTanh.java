package org.lanewise.engine.simd;

import static org.lanewise.engine.simd.Splat.splat;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The hyperbolic tangent of a vector.
 *
 * <p>Below {@value #SMALL} an odd minimax polynomial, above it {@code 1 - 2 / (e^2|x| + 1)}; both
 * are computed in every lane and one of them is chosen, so nothing branches and the bits depend on
 * the argument alone.
 */
public final class LaneTanh {
  private static final float SMALL = 0.625f;

  private static final float SCALE = LaneExp.ROUNDER + Float.MAX_EXPONENT;

  private LaneTanh() {}

  /**
   * The hyperbolic tangent of x; maximum error 1.3 ULP, measured over all floats.
   *
   * <p>Odd bit for bit, {@code tanh(±0) = ±0}, {@code tanh(±Inf) = ±1}, NaN gives NaN. From 9.011
   * on the result is ±1.
   */
  public static FloatVector tanh(FloatVector x) {
    FloatVector a = x.abs();
    FloatVector y = large(a).blend(small(a), a.compare(VectorOperators.LT, SMALL));
    return LaneTanh.withSignOf(x, y);
  }

  private static FloatVector small(FloatVector a) {
    FloatVector z = a.mul(a);
    FloatVector q = splat(-0x1.750ce4p-8f);
    q = q.fma(z, splat(0x1.51f8cep-6f));
    q = q.fma(z, splat(-0x1.b835a4p-5f));
    q = q.fma(z, splat(0x1.1106f6p-3f));
    q = q.fma(z, splat(-0x1.555532p-2f));
    return q.fma(a.mul(z), a);
  }

  private static FloatVector large(FloatVector a) {
    FloatVector x = a.add(a);
    // e^20 is far more than enough for the quotient to vanish beside one.
    x = x.blend(20f, x.compare(VectorOperators.GT, 20f));
    FloatVector shifted = x.fma(splat(LaneExp.LOG2_E), splat(SCALE));
    FloatVector p = LaneExp.expm1Reduced(LaneExp.reduce(x, shifted.sub(SCALE)));
    FloatVector scale = LaneExp.powerOfTwo(shifted);
    FloatVector denominator = p.fma(scale, scale.add(1f));
    return splat(1f).sub(splat(2f).div(denominator));
  }

  /** The magnitude {@code y >= 0} with the sign bit of {@code x}. */
  static FloatVector withSignOf(FloatVector x, FloatVector y) {
    IntVector sign = x.reinterpretAsInts().and(Integer.MIN_VALUE);
    return y.reinterpretAsInts().or(sign).reinterpretAsFloats();
  }
}
