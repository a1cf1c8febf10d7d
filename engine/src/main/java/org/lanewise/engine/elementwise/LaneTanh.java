package org.lanewise.engine.elementwise;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;
import static org.lanewise.engine.vector.Lanes.FLOATS;

import jdk.incubator.vector.FloatVector;

/**
 * The lanes' hyperbolic tangent, as {@link ScalarTanh} defines it: both of its forms are computed
 * in every lane and one of them is chosen.
 */
final class LaneTanh {
  private LaneTanh() {}

  /** {@link ScalarTanh#tanh} of every lane. */
  static FloatVector tanh(FloatVector x) {
    // e^2a; beyond a = 10 the quotient vanishes beside one.
    FloatVector largest = broadcast(FLOATS, 20f);
    FloatVector a = x.abs();
    FloatVector twice = a.add(a);
    twice = twice.blend(largest, twice.compare(GT, largest));
    FloatVector rounder = broadcast(FLOATS, ScalarTanh.SCALE);
    FloatVector shifted = twice.fma(broadcast(FLOATS, ScalarExp.LOG2_E), rounder);
    FloatVector scale = LaneExp.powerOfTwo(shifted);
    FloatVector p = LaneExp.expm1Reduced(LaneExp.reduce(twice, shifted.sub(rounder)));
    FloatVector one = broadcast(FLOATS, 1f);
    FloatVector quotient = broadcast(FLOATS, 2f).div(p.fma(scale, scale.add(one)));
    FloatVector large = one.sub(quotient);
    large = large.blend(large.neg(), x.compare(LT, broadcast(FLOATS, 0f)));
    FloatVector z = x.mul(x);
    FloatVector q = broadcast(FLOATS, -0x1.750ce4p-8f);
    q = q.fma(z, broadcast(FLOATS, 0x1.51f8cep-6f));
    q = q.fma(z, broadcast(FLOATS, -0x1.b835a4p-5f));
    q = q.fma(z, broadcast(FLOATS, 0x1.1106f6p-3f));
    q = q.fma(z, broadcast(FLOATS, -0x1.555532p-2f));
    // The least normal float changes no result but that of -0, whose sign it keeps.
    q = q.fma(z, broadcast(FLOATS, Float.MIN_NORMAL));
    return large.blend(q.fma(x, x), a.compare(LT, broadcast(FLOATS, ScalarTanh.SMALL)));
  }
}
