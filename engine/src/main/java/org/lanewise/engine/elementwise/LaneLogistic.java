package org.lanewise.engine.elementwise;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;
import static org.lanewise.engine.vector.Lanes.FLOATS;

import jdk.incubator.vector.FloatVector;

/** The lanes' logistic function and its derivative, as {@link ScalarLogistic} defines them. */
final class LaneLogistic {
  private LaneLogistic() {}

  /** {@link ScalarLogistic#logistic} of every lane. */
  static FloatVector logistic(FloatVector x) {
    FloatVector least = broadcast(FLOATS, -40f);
    FloatVector most = broadcast(FLOATS, 105f);
    FloatVector a = x.neg();
    a = a.blend(least, a.compare(LT, least)).blend(most, a.compare(GT, most));
    FloatVector rounder = broadcast(FLOATS, ScalarLogistic.SCALE);
    FloatVector shifted = a.fma(broadcast(FLOATS, ScalarExp.LOG2_E), rounder);
    FloatVector scale = LaneExp.powerOfTwo(shifted);
    FloatVector p = LaneExp.expm1Reduced(LaneExp.reduce(a, shifted.sub(rounder)));
    // scale + unit as a sum and what its rounding lost, which counts where x is about -17.
    FloatVector unit = broadcast(FLOATS, ScalarLogistic.UNIT);
    FloatVector sum = scale.add(unit);
    FloatVector lost = unit.sub(sum.sub(scale));
    return unit.div(sum.add(p.fma(scale, lost)));
  }

  /** {@link ScalarLogistic#slope} of every lane. */
  static FloatVector slope(FloatVector x) {
    FloatVector e = LaneExp.exp(x.abs().neg());
    FloatVector sum = e.add(1f);
    return e.div(sum.mul(sum));
  }
}
