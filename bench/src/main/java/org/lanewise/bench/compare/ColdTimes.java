package org.lanewise.bench.compare;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The milliseconds of one cold run, or the medians of several.
 *
 * @param ends when the repetitions at the marks ended
 * @param slowest the longest of the repetitions after the {@value #SETTLED}th, up to the {@value
 *     #LAST}th; NaN if there is none
 */
record ColdTimes(double[] ends, double slowest) {
  private static final int SETTLED = 10;
  private static final int LAST = 1000;

  /** Repeats a task up to the last mark. */
  static ColdTimes of(Runnable task, int[] marks, DoubleSupplier clock) {
    double[] ends = new double[marks.length];
    double slowest = Double.NaN;
    double before = Double.NaN;
    int mark = 0;
    for (int i = 1; mark < marks.length; i++) {
      task.run();
      double now = clock.getAsDouble();
      if (i > SETTLED && i <= LAST) {
        slowest = Double.isNaN(slowest) ? now - before : Math.max(slowest, now - before);
      }
      if (i == marks[mark]) {
        ends[mark] = now;
        mark++;
      }
      before = now;
    }
    return new ColdTimes(ends, slowest);
  }

  /** As a line that {@link #parse} reads: the ends, then the slowest. */
  String line() {
    return Arrays.stream(ends).mapToObj(end -> end + " ").collect(Collectors.joining()) + slowest;
  }

  static ColdTimes parse(String line) {
    double[] all = Arrays.stream(line.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
    return new ColdTimes(Arrays.copyOf(all, all.length - 1), all[all.length - 1]);
  }

  /** The median of each time; of the slowest, too, as one stroke of bad luck is not a property. */
  static ColdTimes medians(List<ColdTimes> runs) {
    return new ColdTimes(
        IntStream.range(0, runs.getFirst().ends.length)
            .mapToDouble(i -> Measured.median(each(runs, times -> times.ends[i])))
            .toArray(),
        Measured.median(each(runs, ColdTimes::slowest)));
  }

  private static double[] each(List<ColdTimes> runs, ToDoubleFunction<ColdTimes> time) {
    return runs.stream().mapToDouble(time).toArray();
  }
}
