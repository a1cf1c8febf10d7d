package org.lanewise.nn;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * What the tests of random draws share. The thresholds would fail a perfect generator with a
 * probability of 1e-9 for a seed chosen at random; the seeds are fixed, so a test that passes once
 * passes always.
 */
public final class Statistics {
  /** The two-sided quantile of the standard normal distribution at 1e-9. */
  public static final double FARTHEST_Z = 6.1094;

  /** The root of ln(2 / 1e-9) / 2, from the leading term of Kolmogorov's distribution. */
  public static final double FARTHEST_KOLMOGOROV = 3.2722;

  private Statistics() {}

  /** The mean. */
  public static double mean(float... x) {
    double sum = 0;
    for (float value : x) {
      sum += value;
    }
    return sum / x.length;
  }

  /** The biased variance. */
  public static double variance(float... x) {
    double mean = mean(x);
    double sum = 0;
    for (float value : x) {
      sum += (value - mean) * (value - mean);
    }
    return sum / x.length;
  }

  /** The distance of the mean from the expected one, in standard deviations of the mean. */
  public static double meanZ(float[] x, double mean, double stddev) {
    return (mean(x) - mean) / (stddev / Math.sqrt(x.length));
  }

  /**
   * The distance of the mean square of (x − mean) from the expected variance, in its standard
   * deviations.
   */
  public static double varianceZ(float[] x, double mean, double stddev, double kurtosis) {
    double sum = 0;
    for (float value : x) {
      sum += (value - mean) * (value - mean);
    }
    return (sum / x.length / (stddev * stddev) - 1) / Math.sqrt((kurtosis - 1) / x.length);
  }

  /**
   * The Kolmogorov–Smirnov distance between a sample and a cumulative distribution, times the root
   * of the sample's size.
   */
  public static double kolmogorov(float[] sample, DoubleUnaryOperator cumulative) {
    float[] sorted = sample.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    double distance = 0;
    for (int i = 0; i < n; i++) {
      double expected = cumulative.applyAsDouble(sorted[i]);
      distance = Math.max(distance, Math.max(expected - (double) i / n, (i + 1.0) / n - expected));
    }
    return distance * Math.sqrt(n);
  }

  /**
   * The probability that a standard normal variable falls below z, to 7.5e-8: Abramowitz and Stegun
   * 26.2.17. With a million draws that moves the distance above by less than 1e-4.
   */
  public static double normalBelow(double z) {
    double t = 1 / (1 + 0.2316419 * Math.abs(z));
    double series =
        t
            * (0.319381530
                + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    double above = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) * series;
    return z < 0 ? above : 1 - above;
  }
}
