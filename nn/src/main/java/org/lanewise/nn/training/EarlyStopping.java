package org.lanewise.nn.training;

import org.lanewise.nn.check.Checks;
import org.lanewise.nn.network.Parameters;

/**
 * Training until a metric of the validation examples has not improved for some epochs; then the
 * parameters are put back to what they were at its best. {@link Fit#earlyStopping} does so.
 *
 * <p>Source: Prechelt, <i>Early stopping, but when?</i>, 1998, criterion UP.
 *
 * @param metric the name of the metric, as in {@code loss}
 * @param larger whether larger is better, as for {@code accuracy}
 * @param patience how many epochs in a row may bring no improvement, at least 1
 * @param leastImprovement by how much a value has to be better than the best, at least 0
 */
public record EarlyStopping(String metric, boolean larger, int patience, double leastImprovement) {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if the patience is below 1 or the least improvement negative
   */
  public EarlyStopping {
    if (patience < 1) {
      throw new IllegalArgumentException(
          "early_stopping: expected a patience of at least 1 epoch, was " + patience);
    }
    Checks.notNegative("early_stopping", "a least improvement", leastImprovement);
  }

  /**
   * Stopping when the loss is no longer smaller than before.
   *
   * @param patience how many epochs in a row may bring no improvement, at least 1
   * @return the description
   */
  public static EarlyStopping onLoss(int patience) {
    return new EarlyStopping("loss", false, patience, 0);
  }

  /**
   * Stopping when the accuracy is no longer larger than before.
   *
   * @param patience how many epochs in a row may bring no improvement, at least 1
   * @return the description
   */
  public static EarlyStopping onAccuracy(int patience) {
    return new EarlyStopping("accuracy", true, patience, 0);
  }

  /**
   * The same, where smaller improvements do not count.
   *
   * @param newLeastImprovement by how much a value has to be better than the best, at least 0
   * @return the description
   */
  public EarlyStopping leastImprovement(double newLeastImprovement) {
    return new EarlyStopping(metric, larger, patience, newLeastImprovement);
  }

  /**
   * Early stopping in a loop of one's own.
   *
   * @param trainer the trainer
   * @return the watch, to be asked after every epoch
   */
  public Watch watch(Trainer trainer) {
    return new Watch(this, trainer);
  }

  /** The best epoch so far, and the number of those without improvement since. */
  public static final class Watch {
    private final EarlyStopping stopping;
    private final Trainer trainer;
    private double best = Double.NaN;
    private int bestEpoch;
    private int epochs;
    private Parameters parameters = new Parameters();
    private Parameters average = new Parameters();

    private Watch(EarlyStopping stopping, Trainer trainer) {
      this.stopping = stopping;
      this.trainer = trainer;
    }

    /**
     * Takes in an epoch, and reports its metric to the trainer, the lower the better, for a
     * schedule that watches it.
     *
     * @param validation the metrics of the validation examples after it
     * @return whether training should stop
     * @throws IllegalArgumentException if there is no such metric
     */
    public boolean stopsAfter(Metrics validation) {
      double value = validation.get(stopping.metric);
      trainer.report(stopping.larger ? -value : value);
      epochs++;
      if (epochs == 1 || stopping.isBetter(value, best)) {
        best = value;
        bestEpoch = epochs;
        parameters = trainer.parameters().copy();
        average = trainer.average().copy();
      }
      return epochs - bestEpoch >= stopping.patience;
    }

    /**
     * Puts the parameters, and averages if there are any, back to what they were after the best
     * epoch.
     *
     * @return the number of that epoch, from 1; 0 if there was none
     */
    public int restore() {
      copy(parameters, trainer.parameters());
      copy(average, trainer.average());
      return bestEpoch;
    }
  }

  private boolean isBetter(double value, double best) {
    double improvement = larger ? value - best : best - value;
    return improvement > leastImprovement || (Double.isNaN(best) && !Double.isNaN(value));
  }

  private static void copy(Parameters from, Parameters to) {
    from.names().forEach(name -> to.get(name).copyFrom(from.get(name)));
  }
}
