package org.lanewise.nn.initializer;

import java.util.function.DoubleUnaryOperator;
import org.lanewise.nn.Statistics;

/**
 * A distribution of mean 0 and variance 1, written down once more for tests.
 *
 * @param cumulative its cumulative distribution
 * @param kurtosis its fourth moment
 * @param bound what no draw exceeds
 */
record Law(DoubleUnaryOperator cumulative, double kurtosis, double bound) {
  /** The standard deviation of a standard normal variable cut off at ±2, and what is left of it. */
  private static final double AFTER_CUT = 0.8796256610342398;

  private static final double WITHIN = 0.9544997361036416;

  static final Law UNIFORM = new Law(z -> 0.5 + z / Math.sqrt(12), 9.0 / 5, Math.sqrt(3));

  /** Nothing is cut, but what one draw of 2³² would exceed is never drawn. */
  static final Law NORMAL = new Law(Statistics::normalBelow, 3, 6.34);

  static final Law TRUNCATED_NORMAL =
      new Law(
          z -> 0.5 + (Statistics.normalBelow(AFTER_CUT * z) - 0.5) / WITHIN,
          truncatedKurtosis(),
          2 / AFTER_CUT);

  static Law of(VarianceScaling.Form form) {
    return switch (form) {
      case UNIFORM -> UNIFORM;
      case NORMAL -> NORMAL;
      case TRUNCATED_NORMAL -> TRUNCATED_NORMAL;
    };
  }

  /** ∫ z⁴ φ over ±2, by parts: 3 v − 8 · 2 φ(2) / P(|z| < 2), over the square of v. */
  private static double truncatedKurtosis() {
    double density = Math.exp(-2) / Math.sqrt(2 * Math.PI);
    double variance = AFTER_CUT * AFTER_CUT;
    return (3 * variance - 16 * density / WITHIN) / (variance * variance);
  }
}
