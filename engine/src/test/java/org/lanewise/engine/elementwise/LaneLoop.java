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
        function
            .apply(load(x, i, mask), load(x1, i, mask), load(x2, i, mask))
            .intoArray(y, i, mask);
      }
    };
  }

  private static FloatVector load(float[] x, int i, VectorMask<Float> mask) {
    return FloatVector.fromArray(Lanes.FLOATS, x, i, mask);
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
