package org.lanewise.nn.training;

import java.util.List;

/**
 * The loss of each step while the learning rate grew.
 *
 * @param points the losses, by ascending learning rate
 */
public record LearningRateCurve(List<Point> points) {
  /** How far below the turning point the suggestion is. */
  private static final double MARGIN = 10;

  /** One in so many points, on either side, is averaged with a point. */
  private static final int WINDOW = 50;

  /**
   * The loss at a learning rate.
   *
   * @param learningRate the learning rate of a step
   * @param loss the loss of its batch before the step
   */
  public record Point(double learningRate, double loss) {}

  /**
   * Copies the points.
   *
   * @throws IllegalArgumentException if there are none, as when the first gradient was not finite
   */
  public LearningRateCurve {
    points = List.copyOf(points);
    if (points.isEmpty()) {
      throw new IllegalArgumentException(
          "learning_rate_finder: expected a finite loss and gradient at the first step");
    }
  }

  /**
   * A learning rate to train with: a tenth of the one at which the loss, averaged over neighboring
   * points, is lowest before it climbs.
   *
   * @return the learning rate
   */
  public double suggestion() {
    int lowest = 0;
    for (int i = 1; i < points.size(); i++) {
      if (smoothed(i) < smoothed(lowest)) {
        lowest = i;
      }
    }
    return points.get(lowest).learningRate() / MARGIN;
  }

  private double smoothed(int i) {
    int reach = points.size() / WINDOW;
    return points.subList(Math.max(0, i - reach), Math.min(points.size(), i + reach + 1)).stream()
        .mapToDouble(Point::loss)
        .average()
        .orElseThrow();
  }
}
