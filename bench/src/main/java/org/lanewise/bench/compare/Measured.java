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
 */
record Measured(
    String name, String version, double[] times, double difference, double allocatedBytes) {

  /** Where there is no peer. */
  static final Measured NONE = new Measured("", "", new double[] {Double.NaN}, Double.NaN, 0);

  /** The same, with the rounds of an earlier fork before these. */
  Measured after(Measured earlier) {
    return new Measured(
        name,
        version,
        DoubleStream.concat(Arrays.stream(earlier.times), Arrays.stream(times)).toArray(),
        Math.max(earlier.difference, difference),
        Math.max(earlier.allocatedBytes, allocatedBytes));
  }

  /** The median of the times. */
  double median() {
    double[] sorted = times.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
