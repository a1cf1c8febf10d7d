package org.lanewise.engine.elementwise;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import org.lanewise.engine.operation.Elementwise;
import org.lanewise.engine.vector.Lanes;

/** The lane function of an operation as a loop, to be held against the plain one. */
final class LaneLoop {
  private LaneLoop() {}

  static ScalarLoop of(Elementwise operation) {
    LaneFunction function = LaneFunctions.of(operation);
    return (x, x1, x2, y, n) -> {
      for (int i = 0; i < n; i += Lanes.COUNT) {
        VectorMask<Float> mask = Lanes.FLOATS.indexInRange(i, n);
        FloatVector v = FloatVector.fromArray(Lanes.FLOATS, x, i, mask);
        FloatVector v1 = FloatVector.fromArray(Lanes.FLOATS, x1, i, mask);
        FloatVector v2 = FloatVector.fromArray(Lanes.FLOATS, x2, i, mask);
        function.apply(v, v1, v2).intoArray(y, i, mask);
      }
    };
  }

  /** All NaNs are one: which of them results is left open by IEEE 754. */
  static int[] bits(float[] x) {
    int[] bits = new int[x.length];
    for (int i = 0; i < x.length; i++) {
      bits[i] = Float.floatToIntBits(x[i]);
    }
    return bits;
  }
}
