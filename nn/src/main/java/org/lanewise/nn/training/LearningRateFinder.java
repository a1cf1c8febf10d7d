package org.lanewise.nn.training;

import java.util.ArrayList;
import java.util.List;
import org.lanewise.nn.check.Checks;
import org.lanewise.nn.network.Parameters;
import org.lanewise.nn.schedule.Progress;
import org.lanewise.nn.schedule.Schedule;

/**
 * Finds a learning rate: trains a copy of a network for a few hundred steps while the learning rate
 * grows from very small to very large, every step by the same factor, and notes the loss.
 *
 * <p>Source: Smith, <i>Cyclical learning rates for training neural networks</i>, 2017, section 3.3,
 * with an exponential sweep.
 *
 * @param training how to train; its schedule is not used
 * @param lowest the learning rate of the first step, above 0
 * @param highest the learning rate of the last step, above the lowest
 * @param steps the number of steps, at least 2
 */
public record LearningRateFinder(Training training, double lowest, double highest, int steps) {
  /** The share of the past in the mean loss that tells when losses have exploded. */
  private static final double SMOOTHING = 0.9;

  /**
   * The mean loss explodes when it has risen from the lowest by this many times the larger of two:
   * what it fell before, and how far single losses lay from it. Neither depends on a constant that
   * is added to the loss.
   */
  private static final double EXPLOSION = 2;

  /** Losses that have to be known before the mean means something. */
  private static final int FIRST = 10;

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if a number is out of its range
   */
  public LearningRateFinder {
    Checks.positive("learning_rate_finder", "a lowest learning rate", lowest);
    Checks.positive("learning_rate_finder", "a highest learning rate", highest);
    if (!(lowest < highest)) {
      throw new IllegalArgumentException(
          "learning_rate_finder: expected a lowest learning rate below the highest, was "
              + lowest
              + " and "
              + highest);
    }
    if (steps < 2) {
      throw new IllegalArgumentException(
          "learning_rate_finder: expected at least 2 steps, was " + steps);
    }
  }

  /**
   * A finder from 10<sup>−5</sup> to 10 in 500 steps.
   *
   * @param training how to train
   * @return the finder
   */
  public static LearningRateFinder of(Training training) {
    return new LearningRateFinder(training, 1e-5, 10, 500);
  }

  /**
   * Sweeps from parameters drawn from the training's seed.
   *
   * @param data the examples, which are gone through as often as it takes
   * @return the losses by learning rate
   * @throws IllegalArgumentException if the data do not fit the network and the loss
   */
  public LearningRateCurve find(DataSet data) {
    return find(training.network().initialize(training.seed()), data);
  }

  /**
   * Sweeps from given parameters, which are left as they are. Ends early when the loss explodes or
   * a gradient is not finite.
   *
   * @param parameters the parameters of the network
   * @param data the examples, which are gone through as often as it takes
   * @return the losses by learning rate
   * @throws IllegalArgumentException if the data do not fit the network and the loss
   */
  public LearningRateCurve find(Parameters parameters, DataSet data) {
    Schedule sweep = Schedule.exponential(highest / lowest, steps - 1.0);
    Trainer trainer =
        training.schedule(sweep).onNonFinite(NonFinite.SKIP).accumulate(1).start(parameters.copy());
    trainer.learningRate(lowest);
    Curve curve = new Curve();
    while (curve.goesOn) {
      trainer.epochWhile(
          data,
          metrics -> {
            Progress before = trainer.progress().steps(trainer.steps() - 1);
            return curve.add(lowest * sweep.at(before), metrics.last(Metrics.LOSS));
          });
    }
    return new LearningRateCurve(curve.points);
  }

  /** The curve so far, and whether there is more to come. */
  private final class Curve {
    private final List<LearningRateCurve.Point> points = new ArrayList<>();
    private boolean goesOn = true;
    private double mean;
    private double weight;
    private double first;
    private double lowestMean = Double.POSITIVE_INFINITY;
    private double distances;
    private int measured;

    boolean add(double rate, double loss) {
      goesOn = Double.isFinite(loss) && follow(loss) && points.size() + 1 < steps;
      if (Double.isFinite(loss)) {
        points.add(new LearningRateCurve.Point(rate, loss));
      }
      return goesOn;
    }

    /** Moves the mean; false if it explodes. */
    private boolean follow(double loss) {
      double distance = points.isEmpty() ? 0 : Math.abs(loss - mean / weight);
      mean = SMOOTHING * mean + (1 - SMOOTHING) * loss;
      weight = SMOOTHING * weight + 1 - SMOOTHING;
      double now = mean / weight;
      if (points.size() < FIRST || now <= lowestMean) {
        distances += distance;
        measured += points.isEmpty() ? 0 : 1;
      }
      if (points.size() < FIRST) {
        first = now;
        lowestMean = now;
        return true;
      }
      lowestMean = Math.min(lowestMean, now);
      double scale = Math.max(first - lowestMean, distances / measured);
      return now - lowestMean <= EXPLOSION * scale;
    }
  }
}
