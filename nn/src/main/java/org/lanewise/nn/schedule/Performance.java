package org.lanewise.nn.schedule;

import org.lanewise.nn.check.Checks;

/**
 * Performance scheduling: a factor for every time that reports have not become better for a while.
 * A report is better if it is below the lowest before by more than the threshold's share of it.
 *
 * <p>This is what PyTorch and Keras call {@code ReduceLROnPlateau}. The patience is Keras's:
 * PyTorch waits one report longer. Threshold and cooldown are PyTorch's; Keras's threshold is a
 * difference, and its cooldown a report shorter.
 *
 * @param factor what the learning rate is multiplied by, above 0 and below 1
 * @param patience the number of reports in a row that are no better, at least 1
 * @param threshold by which share of the lowest a report has to be below it, from 0 to below 1
 * @param cooldown how many reports after a reduction are not counted, at least 0
 * @param leastFactor the product of all factors never falls below it, from 0 to 1
 */
public record Performance(
    double factor, int patience, double threshold, int cooldown, double leastFactor)
    implements Schedule {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public Performance {
    if (!(factor > 0 && factor < 1)) {
      throw new IllegalArgumentException(
          "performance: expected a factor above 0 and below 1, was " + factor);
    }
    if (patience < 1) {
      throw new IllegalArgumentException(
          "performance: expected a patience of at least 1, was " + patience);
    }
    Checks.decay("performance", "a threshold", threshold);
    if (cooldown < 0) {
      throw new IllegalArgumentException(
          "performance: expected a cooldown of at least 0, was " + cooldown);
    }
    Checks.fraction("performance", "a least factor", leastFactor);
  }

  /**
   * The same with another threshold.
   *
   * @param newThreshold by which share of the lowest a report has to be below it, from 0 to below 1
   * @return the schedule
   * @throws IllegalArgumentException if it is out of its range
   */
  public Performance threshold(double newThreshold) {
    return new Performance(factor, patience, newThreshold, cooldown, leastFactor);
  }

  /**
   * The same with a pause after every reduction.
   *
   * @param newCooldown how many reports after a reduction are not counted, at least 0
   * @return the schedule
   * @throws IllegalArgumentException if it is below 0
   */
  public Performance cooldown(int newCooldown) {
    return new Performance(factor, patience, threshold, newCooldown, leastFactor);
  }

  /**
   * The same with a limit: the least learning rate is this part of the optimizer's.
   *
   * @param newLeastFactor the product of all factors never falls below it, from 0 to 1
   * @return the schedule
   * @throws IllegalArgumentException if it is out of its range
   */
  public Performance leastFactor(double newLeastFactor) {
    return new Performance(factor, patience, threshold, cooldown, newLeastFactor);
  }

  @Override
  public double at(Progress progress) {
    if (progress.epochs() > 0 && progress.reports().isEmpty()) {
      throw new IllegalStateException(
          "performance: expected a number to be reported after each epoch, such as the validation"
              + " loss, there was none after "
              + progress.epochs());
    }
    double lowest = Double.POSITIVE_INFINITY;
    int waited = 0;
    int cooling = 0;
    int reductions = 0;
    for (double report : progress.reports()) {
      boolean better = isBetter(report, lowest);
      if (better) {
        lowest = report;
      }
      if (better || cooling > 0) {
        waited = 0;
        cooling = Math.max(cooling - 1, 0);
      } else if (++waited == patience) {
        reductions++;
        waited = 0;
        cooling = cooldown;
      }
    }
    return Math.max(Math.pow(factor, reductions), leastFactor);
  }

  private boolean isBetter(double report, double lowest) {
    double margin = Double.isInfinite(lowest) ? 0 : threshold * Math.abs(lowest);
    return report < lowest - margin;
  }
}
