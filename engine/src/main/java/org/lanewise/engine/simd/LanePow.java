package org.lanewise.engine.simd;

import jdk.incubator.vector.FloatVector;

/** Powers, lane by lane in double precision. */
final class LanePow {
  private LanePow() {}

  /** x to the power of y: correctly rounded but for ties of the double result. */
  static FloatVector pow(FloatVector x, FloatVector y) {
    float[] power = x.toArray();
    for (int i = 0; i < power.length; i++) {
      power[i] = (float) StrictMath.pow(power[i], y.lane(i));
    }
    return FloatVector.fromArray(Lanes.FLOATS, power, 0);
  }
}
