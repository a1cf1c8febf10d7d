package org.lanewise.nn.training;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.lanewise.engine.Tensor;

/**
 * The loss and other metrics, averaged over examples. In training {@code gradient_norm} is among
 * them: the joint ℓ₂ norm of all gradients before clipping, of each step, averaged over steps. What
 * is not finite in its gradients is left out.
 */
public final class Metrics {
  static final String LOSS = "loss";
  static final String PENALTY = "penalty";
  static final String GRADIENT_NORM = "gradient_norm";

  private final Map<String, Sum> sums = new LinkedHashMap<>();
  private long examples;
  private long skipped;

  private static final class Sum {
    private double value;
    private long count;

    /** The mean that was added last, NaN if the last one was left out. */
    private double last = Double.NaN;

    private void add(double mean, int of) {
      value += mean * of;
      count += of;
      last = mean;
    }

    private void leaveOut() {
      last = Double.NaN;
    }
  }

  Metrics() {}

  /** Takes in the means of a batch, scalars. */
  void add(int batch, List<String> names, Tensor[] means) {
    examples += batch;
    for (int i = 0; i < means.length; i++) {
      sum(names.get(i)).add(means[i].item(), batch);
    }
  }

  /** Takes in the norm of the gradients of a step. */
  void addGradientNorm(double norm) {
    sum(GRADIENT_NORM).add(norm, 1);
  }

  private Sum sum(String name) {
    return sums.computeIfAbsent(name, absent -> new Sum());
  }

  /** Counts a batch whose means are left out. */
  void leaveOut(int batch, List<String> names) {
    examples += batch;
    names.forEach(name -> sum(name).leaveOut());
  }

  /** Counts a step that was skipped. */
  void skipStep() {
    sum(GRADIENT_NORM).leaveOut();
    skipped++;
  }

  /** A metric of the last batch, and the gradient norm of the last step; NaN if left out. */
  double last(String name) {
    return known(name).last;
  }

  /**
   * The number of examples seen.
   *
   * @return the count, those left out included
   */
  public long examples() {
    return examples;
  }

  /**
   * The number of steps that were skipped because a gradient was not finite.
   *
   * @return the count
   */
  public long skippedSteps() {
    return skipped;
  }

  /**
   * The names of the metrics.
   *
   * @return the names, {@code loss} first
   */
  public List<String> names() {
    return List.copyOf(sums.keySet());
  }

  /**
   * A metric by its name.
   *
   * @param name the name
   * @return the mean over the examples, NaN if all were left out
   * @throws IllegalArgumentException if there is none of that name
   */
  public double get(String name) {
    Sum sum = known(name);
    return sum.value / sum.count;
  }

  private Sum known(String name) {
    Sum sum = sums.get(name);
    if (sum == null) {
      throw new IllegalArgumentException(
          "metrics: there is no "
              + name
              + ", expected one of "
              + Collections.unmodifiableSet(sums.keySet()));
    }
    return sum;
  }

  /**
   * The loss.
   *
   * @return the mean over the examples
   */
  public double loss() {
    return get(LOSS);
  }

  /**
   * The accuracy.
   *
   * @return the share of examples that were classified rightly
   * @throws IllegalArgumentException if the targets are not labels
   */
  public double accuracy() {
    return get("accuracy");
  }

  /**
   * The joint ℓ₂ norm of all gradients before clipping.
   *
   * @return the mean over the steps
   * @throws IllegalArgumentException if nothing was trained
   */
  public double gradientNorm() {
    return get(GRADIENT_NORM);
  }

  /** The metrics as in {@code loss 0.4012, accuracy 0.8561}, and how many steps were skipped. */
  @Override
  public String toString() {
    String means =
        sums.keySet().stream()
            .map(name -> String.format(Locale.ROOT, "%s %.4f", name, get(name)))
            .collect(Collectors.joining(", "));
    return skipped == 0 ? means : means + ", steps skipped " + skipped;
  }
}
