package org.lanewise.nn.schedule;

import java.util.ArrayList;
import java.util.List;

/**
 * How far training has come: all that a schedule depends on.
 *
 * @param steps the number of steps done, at least 0
 * @param epochs the number of epochs done, at least 0
 * @param reports the numbers reported so far, such as validation losses: the lower the better
 */
public record Progress(long steps, int epochs, List<Double> reports) {
  /** Before the first step. */
  public static final Progress START = new Progress(0, 0, List.of());

  /**
   * Checks the counts.
   *
   * @throws IllegalArgumentException if one is below 0
   */
  public Progress {
    if (steps < 0 || epochs < 0) {
      throw new IllegalArgumentException(
          "progress: expected steps and epochs of at least 0, was " + steps + " and " + epochs);
    }
    reports = List.copyOf(reports);
  }

  /**
   * The same with another number of steps.
   *
   * @param newSteps the number of steps done
   * @return the progress
   */
  public Progress steps(long newSteps) {
    return new Progress(newSteps, epochs, reports);
  }

  /**
   * The same after another epoch.
   *
   * @return the progress
   */
  public Progress nextEpoch() {
    return new Progress(steps, epochs + 1, reports);
  }

  /**
   * The same after another report.
   *
   * @param number the number reported
   * @return the progress
   */
  public Progress report(double number) {
    List<Double> more = new ArrayList<>(reports);
    more.add(number);
    return new Progress(steps, epochs, more);
  }
}
