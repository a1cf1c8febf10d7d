package org.lanewise.bench.compare;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * The measurements of one contestant in one row.
 *
 * @param name the contestant
 * @param version its version and what else tells how it computes
 * @param times the nanoseconds of one repetition, in each round
 * @param difference how far its results lay from ours, as a share of the largest
 * @param allocatedBytes what one repetition allocates on the Java heap
 * @param failure why there are no measurements, in one line; empty if there are
 */
record Measured(
    String name,
    String version,
    double[] times,
    double difference,
    double allocatedBytes,
    String failure) {

  /** Where there is no peer. */
  static final Measured NONE = failed("", "");

  /** What was measured of a contestant that did not fail. */
  Measured(String name, String version, double[] times, double difference, double allocatedBytes) {
    this(name, version, times, difference, allocatedBytes, "");
  }

  /** A contestant that failed. */
  static Measured failed(String name, String failure) {
    return new Measured(name, "", new double[] {Double.NaN}, Double.NaN, 0, failure);
  }

  boolean failed() {
    return !failure.isEmpty();
  }

  /** The same, with the rounds of an earlier fork before these; one that failed has none. */
  Measured after(Measured earlier) {
    if (failed()) {
      return this;
    }
    return new Measured(
        name,
        version,
        DoubleStream.concat(Arrays.stream(earlier.times), Arrays.stream(times)).toArray(),
        Math.max(earlier.difference, difference),
        Math.max(earlier.allocatedBytes, allocatedBytes));
  }

  /** The median of the times. */
  double median() {
    return median(times);
  }

  /** The median of values, NaN if one of them is. */
  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    if (Double.isNaN(sorted[sorted.length - 1])) {
      return Double.NaN;
    }
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
