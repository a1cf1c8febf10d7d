package org.lanewise.bench.compare;

import java.util.ArrayList;
import java.util.List;

/**
 * One contestant's cold runs.
 *
 * @param name the contestant
 * @param version its version and what else tells how it computes
 * @param times the times of each run
 * @param failure why there are no times, in one line; empty if there are
 */
record ColdRuns(String name, String version, List<ColdTimes> times, String failure) {
  /** Before the first run. */
  static ColdRuns none(String name) {
    return new ColdRuns(name, "", List.of(), "");
  }

  boolean failed() {
    return !failure.isEmpty();
  }

  /** With one run more. */
  ColdRuns and(ColdRuns next) {
    if (next.failed()) {
      return next;
    }
    List<ColdTimes> all = new ArrayList<>(times);
    all.addAll(next.times);
    return new ColdRuns(name, next.version, all, "");
  }

  ColdTimes medians() {
    return ColdTimes.medians(times);
  }
}
