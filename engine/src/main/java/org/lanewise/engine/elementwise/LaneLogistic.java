package org.lanewise.engine.elementwise;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;
import static org.lanewise.engine.vector.Lanes.FLOATS;

import jdk.incubator.vector.FloatVector;

/**
 * The logistic function of a vector, the sigmoid of neural networks.
 *
 * <p>Numerator and denominator of {@code 1 / (1 + e^-x)} are both scaled by 2^-64. So the
 * denominator stays finite as far down as the quotient is a float, and the division rounds once,
 * into the subnormal range too.
 */
public final class LaneLogistic {
  private static final float UNIT = 0x1p-64f;

  private static final float SCALE = LaneExp.ROUNDER + Float.MAX_EXPONENT - 64;

  private LaneLogistic() {}

  /**
   * The logistic function {@code 1 / (1 + e^-x)}; maximum error 1.75 ULP, measured over all floats,
   * those with subnormal results included.
   *
   * <p>{@code logistic(±0) = 0.5}, {@code logistic(-Inf) = +0}, {@code logistic(+Inf) = 1}, NaN
   * gives NaN.
   */
  public static FloatVector logistic(FloatVector x) {
    FloatVector least = broadcast(FLOATS, -40f);
    FloatVector most = broadcast(FLOATS, 105f);
    FloatVector a = x.neg();
    a = a.blend(least, a.compare(LT, least)).blend(most, a.compare(GT, most));
    FloatVector rounder = broadcast(FLOATS, SCALE);
    FloatVector shifted = a.fma(broadcast(FLOATS, LaneExp.LOG2_E), rounder);
    FloatVector scale = LaneExp.powerOfTwo(shifted);
    FloatVector p = LaneExp.expm1Reduced(LaneExp.reduce(a, shifted.sub(rounder)));
    // scale + unit as a sum and what its rounding lost, which counts where x is about -17.
    FloatVector unit = broadcast(FLOATS, UNIT);
    FloatVector sum = scale.add(unit);
    FloatVector lost = unit.sub(sum.sub(scale));
    return unit.div(sum.add(p.fma(scale, lost)));
  }

  /**
   * The derivative of the logistic function, {@code e^-|x| / (1 + e^-|x|)^2}; maximum error 4.22
   * ULP, measured over all floats from 2^-30 to 104.
   *
   * <p>{@code slope(±0) = 0.25}, {@code slope(±Inf) = +0}, NaN gives NaN.
   */
  public static FloatVector slope(FloatVector x) {
    FloatVector e = LaneExp.exp(x.abs().neg());
    FloatVector sum = e.add(1f);
    return e.div(sum.mul(sum));
  }
}
