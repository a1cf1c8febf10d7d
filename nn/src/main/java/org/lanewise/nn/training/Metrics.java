package org.lanewise.nn.training;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The loss and other metrics, averaged over examples. */
public final class Metrics {
  private final Map<String, Double> sums = new LinkedHashMap<>();
  private long examples;

  Metrics() {}

  /** Takes in the means of a batch. */
  void add(int batch, List<String> names, List<Double> means) {
    examples += batch;
    for (int i = 0; i < names.size(); i++) {
      sums.merge(names.get(i), batch * means.get(i), Double::sum);
    }
  }

  /**
   * The number of examples that were averaged.
   *
   * @return the count
   */
  public long examples() {
    return examples;
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
   * @return the mean over the examples
   * @throws IllegalArgumentException if there is none of that name
   */
  public double get(String name) {
    Double sum = sums.get(name);
    if (sum == null) {
      throw new IllegalArgumentException(
          "metrics: there is no "
              + name
              + ", expected one of "
              + Collections.unmodifiableSet(sums.keySet()));
    }
    return sum / examples;
  }

  /**
   * The loss.
   *
   * @return the mean over the examples
   */
  public double loss() {
    return get("loss");
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

  /** The metrics as in {@code loss 0.4012, accuracy 0.8561}. */
  @Override
  public String toString() {
    return sums.keySet().stream()
        .map(name -> String.format(Locale.ROOT, "%s %.4f", name, get(name)))
        .collect(Collectors.joining(", "));
  }
}
