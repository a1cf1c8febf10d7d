package org.lanewise.bench.compare;

import java.util.List;

/** The common parts of tasks that hand over results. */
public final class Results {
  private Results() {}

  /** A training step. */
  @FunctionalInterface
  public interface Step {
    /**
     * Does the step.
     *
     * @return the loss before it
     */
    float loss();
  }

  /**
   * A task that repeats a training step; its results are the losses of the first steps.
   *
   * @param step the step
   * @return the task
   */
  public static Task ofSteps(Step step) {
    return new Task() {
      @Override
      public void run() {
        step.loss();
      }

      @Override
      public float[] results() {
        float[] losses = new float[TrainingWork.COMPARED_STEPS];
        for (int i = 0; i < losses.length; i++) {
          losses[i] = step.loss();
        }
        return losses;
      }
    };
  }

  /**
   * One array after the other.
   *
   * @param parts the arrays
   * @return all their elements
   */
  public static float[] concatenate(List<float[]> parts) {
    float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
    int end = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, end, part.length);
      end += part.length;
    }
    return all;
  }

  /**
   * How far results lie apart.
   *
   * @return the largest difference of two elements, as a share of the largest of ours; infinite if
   *     there is a NaN or their number differs
   */
  static double difference(float[] ours, float[] theirs) {
    if (ours.length != theirs.length) {
      return Double.POSITIVE_INFINITY;
    }
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < ours.length; i++) {
      double apart = Math.abs((double) ours[i] - theirs[i]);
      if (Double.isNaN(apart)) {
        return Double.POSITIVE_INFINITY;
      }
      largest = Math.max(largest, Math.abs(ours[i]));
      difference = Math.max(difference, apart);
    }
    return difference == 0 ? 0 : difference / largest;
  }
}
