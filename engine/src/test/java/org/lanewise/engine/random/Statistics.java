package org.lanewise.engine.random;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * What the tests of distributions share. Every threshold here would fail a perfect generator with a
 * probability of 1e-9 for a seed chosen at random; the seeds are fixed, so a test that passes once
 * passes always.
 */
final class Statistics {
  /** The two-sided quantile of the standard normal distribution at 1e-9. */
  static final double FARTHEST_Z = 6.1094;

  /** The root of ln(2 / 1e-9) / 2, from the leading term of Kolmogorov's distribution. */
  static final double FARTHEST_KOLMOGOROV = 3.2722;

  private Statistics() {}

  /**
   * The Kolmogorov-Smirnov distance between a sample and a cumulative distribution, times the root
   * of the sample's size. Above {@link #FARTHEST_KOLMOGOROV} with a probability of 1e-9.
   */
  static double kolmogorov(float[] sample, DoubleUnaryOperator cumulative) {
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

  static double mean(float[] x) {
    double sum = 0;
    for (float value : x) {
      sum += value;
    }
    return sum / x.length;
  }

  static double variance(float[] x) {
    double mean = mean(x);
    double sum = 0;
    for (float value : x) {
      sum += (value - mean) * (value - mean);
    }
    return sum / x.length;
  }

  /** The correlation of x and y times the root of their length: close to standard normal. */
  static double correlation(float[] x, float[] y) {
    double meanX = mean(x);
    double meanY = mean(y);
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += (x[i] - meanX) * (y[i] - meanY);
    }
    return sum / Math.sqrt(variance(x) * variance(y) * x.length);
  }

  /**
   * The probability that a standard normal variable falls below x: by its power series near 0, by
   * Laplace's continued fraction in the tails.
   */
  static double normalBelow(double x) {
    double density = Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    if (Math.abs(x) < 3) {
      double sum = x;
      double term = x;
      for (int i = 3; sum != sum + term; i += 2) {
        term *= x * x / i;
        sum += term;
      }
      return 0.5 + density * sum;
    }
    double fraction = Math.abs(x);
    for (int i = 200; i > 0; i--) {
      fraction = Math.abs(x) + i / fraction;
    }
    return x < 0 ? density / fraction : 1 - density / fraction;
  }

  /** What {@link #normalBelow} may be off by: rounding of the series, rounding of the fraction. */
  static double errorOfNormalBelow(double x, double probability) {
    return Math.abs(x) < 3 ? 1e-15 : 1e-14 * probability;
  }
}
