package org.lanewise.engine.simd;

import static org.lanewise.engine.simd.Splat.splat;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** The square root of a vector and its reciprocal. */
public final class LaneRoot {
  private LaneRoot() {}

  /**
   * The square root of x, correctly rounded: maximum error 0.5 ULP.
   *
   * <p>{@code sqrt(±0) = ±0}, {@code sqrt(+Inf) = +Inf}; NaN and all below zero give NaN.
   */
  public static FloatVector sqrt(FloatVector x) {
    return x.lanewise(VectorOperators.SQRT);
  }

  /**
   * The reciprocal square root {@code 1 / sqrt(x)} as a square root and a division, each rounded;
   * maximum error 1.5 ULP, measured over all floats.
   *
   * <p>{@code rsqrt(±0) = ±Inf}, {@code rsqrt(+Inf) = +0}; NaN and all below zero give NaN.
   */
  public static FloatVector rsqrt(FloatVector x) {
    return splat(1f).div(x.lanewise(VectorOperators.SQRT));
  }
}
