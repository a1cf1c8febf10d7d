package org.lanewise.nn.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** What {@link Trainer#fit} reported: its metrics by epoch and by batch. */
public final class History {
  private final List<Epoch> epochs = new ArrayList<>();
  private final Map<String, Series> batches = new LinkedHashMap<>();
  private int batchCount;
  private OptionalInt best = OptionalInt.empty();

  /**
   * What an epoch came to.
   *
   * @param number its number, from 1
   * @param training the metrics of its batches, each as it was before its step
   * @param validation the metrics of the validation examples after it, if there are any
   * @param learningRate the learning rate of its first step
   * @param momentum the momentum of its first step, 0 for an optimizer without
   * @param seconds how long it took, validation included
   */
  public record Epoch(
      int number,
      Metrics training,
      Optional<Metrics> validation,
      double learningRate,
      double momentum,
      double seconds) {
    /** The epoch as in {@code epoch 3: loss 0.4012, accuracy 0.8561, validation loss 0.3905}. */
    @Override
    public String toString() {
      return "epoch "
          + number
          + ": "
          + training
          + validation.map(metrics -> ", validation " + metrics).orElse("")
          + String.format(Locale.ROOT, ", %.1f s", seconds);
    }
  }

  /** A number of each batch, NaN where it has none. */
  private static final class Series {
    private double[] values = {};

    private void set(int batch, double value) {
      if (batch >= values.length) {
        values = first(Math.max(64, 2 * batch));
      }
      values[batch] = value;
    }

    private double[] first(int batches) {
      double[] first = Arrays.copyOf(values, batches);
      Arrays.fill(first, Math.min(values.length, batches), batches, Double.NaN);
      return first;
    }
  }

  History() {}

  void add(Epoch epoch) {
    epochs.add(epoch);
  }

  /** Takes in the last batch of an epoch so far. */
  void addBatch(Metrics soFar) {
    for (String name : soFar.names()) {
      batches.computeIfAbsent(name, absent -> new Series()).set(batchCount, soFar.last(name));
    }
    batchCount++;
  }

  /** Notes the number of the epoch that the parameters are those of. */
  void best(int epoch) {
    best = OptionalInt.of(epoch);
  }

  /**
   * The epochs in their order.
   *
   * @return at least one, unless training failed in the first
   */
  public List<Epoch> epochs() {
    return List.copyOf(epochs);
  }

  /**
   * The epoch after which the trainer had the parameters that it has now: with early stopping the
   * best one, without the last.
   *
   * @return the epoch
   */
  public Epoch chosen() {
    return epochs.get(best.orElse(epochs.size()) - 1);
  }

  /**
   * The names of the metrics of batches.
   *
   * @return the names, {@code loss} first
   */
  public List<String> names() {
    return List.copyOf(batches.keySet());
  }

  /**
   * A metric of every batch, in their order, before the step that it led to.
   *
   * @param name the name of the metric, as in {@code loss}
   * @return a number for each batch of all epochs; NaN where it was left out, as the gradients were
   *     not finite. Where steps take several batches, {@code gradient_norm} is that of the last
   *     step that is done, NaN before the first of an epoch
   * @throws IllegalArgumentException if there is no such metric
   */
  public double[] batches(String name) {
    Series series = batches.get(name);
    if (series == null) {
      throw new IllegalArgumentException(
          "history: there is no " + name + ", expected one of " + batches.keySet());
    }
    return series.first(batchCount);
  }

  /** A line for each epoch. */
  @Override
  public String toString() {
    return epochs.stream().map(Epoch::toString).collect(Collectors.joining("\n"));
  }
}
