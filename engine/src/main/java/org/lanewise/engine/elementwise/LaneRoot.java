package org.lanewise.engine.elementwise;

import static jdk.incubator.vector.FloatVector.broadcast;
import static org.lanewise.engine.vector.Lanes.FLOATS;

import jdk.incubator.vector.FloatVector;

/** The square root of a vector and its reciprocal. */
public final class LaneRoot {
  private LaneRoot() {}

  /**
   * The square root of x, correctly rounded: maximum error 0.5 ULP.
   *
   * <p>{@code sqrt(±0) = ±0}, {@code sqrt(+Inf) = +Inf}; NaN and all below zero give NaN.
   */
  public static FloatVector sqrt(FloatVector x) {
    return x.sqrt();
  }

  /**
   * The reciprocal square root {@code 1 / sqrt(x)} as a square root and a division, each rounded;
   * maximum error 1.5 ULP, measured over all floats.
   *
   * <p>{@code rsqrt(±0) = ±Inf}, {@code rsqrt(+Inf) = +0}; NaN and all below zero give NaN.
   */
  public static FloatVector rsqrt(FloatVector x) {
    return broadcast(FLOATS, 1f).div(x.sqrt());
  }
}
