package org.lanewise.engine.simd;

import jdk.incubator.vector.FloatVector;

/** A short name for a constant in every lane. */
final class Splat {
  private Splat() {}

  static FloatVector splat(float value) {
    return FloatVector.broadcast(Lanes.FLOATS, value);
  }
}
