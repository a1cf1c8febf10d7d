package org.lanewise.nn.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a trainer goes over its examples again and again, described: for how many epochs, what it is
 * measured on after each, when it stops, who is told. {@link Trainer#fit} carries it out. A
 * description never changes: each method that names a choice gives a new one.
 */
public final class Fit {
  private final int epochs;
  // Changed in copies only, before anyone else sees them.
  private @Nullable DataSet validation;
  private OptionalDouble validationShare = OptionalDouble.empty();
  private @Nullable EarlyStopping earlyStopping;
  private List<FitListener> listeners = List.of();

  private Fit(int epochs) {
    this.epochs = epochs;
  }

  private Fit with(Consumer<Fit> change) {
    Fit copy = new Fit(epochs);
    copy.validation = validation;
    copy.validationShare = validationShare;
    copy.earlyStopping = earlyStopping;
    copy.listeners = listeners;
    change.accept(copy);
    return copy;
  }

  /**
   * Training for some epochs, measured on nothing but the examples that are trained on.
   *
   * @param epochs how often to go over the examples, beside epochs that the trainer has done
   *     before; at least 1
   * @return the description
   * @throws IllegalArgumentException if there is no epoch
   */
  public static Fit epochs(int epochs) {
    if (epochs < 1) {
      throw new IllegalArgumentException("fit: expected at least 1 epoch, was " + epochs);
    }
    return new Fit(epochs);
  }

  /**
   * The same, measured on other examples after every epoch.
   *
   * @param examples examples that are not trained on
   * @return the description
   */
  public Fit validation(DataSet examples) {
    return with(
        copy -> {
          copy.validation = examples;
          copy.validationShare = OptionalDouble.empty();
        });
  }

  /**
   * The same, measured after every epoch on a share of the examples, which is drawn from the seed
   * of the training, as by {@link DataSet#split}, and not trained on.
   *
   * @param share the share, between 0 and 1
   * @return the description
   * @throws IllegalArgumentException if the share is not between 0 and 1
   */
  public Fit validationShare(double share) {
    Split.requireShare(share);
    return with(
        copy -> {
          copy.validation = null;
          copy.validationShare = OptionalDouble.of(share);
        });
  }

  /**
   * The same, which may stop before all epochs are done, and leaves the trainer with the parameters
   * of the best epoch. The optimizer's memory is that of the last.
   *
   * @param stopping when to stop; its metric is one of the validation examples
   * @return the description
   */
  public Fit earlyStopping(EarlyStopping stopping) {
    return with(copy -> copy.earlyStopping = stopping);
  }

  /**
   * The same with one more who is told how it goes.
   *
   * @param listener told after those named before
   * @return the description
   */
  public Fit listener(FitListener listener) {
    List<FitListener> more = new ArrayList<>(listeners);
    more.add(listener);
    return with(copy -> copy.listeners = List.copyOf(more));
  }

  /** Trains as described, on data that fit the network and the losses of the trainer. */
  History train(Trainer trainer, DataSet data, long seed) {
    Optional<Split> split =
        validationShare.isPresent()
            ? Optional.of(data.split(validationShare.getAsDouble(), seed))
            : Optional.empty();
    DataSet training = split.map(Split::training).orElse(data);
    DataSet heldBack = split.map(Split::validation).orElse(validation);
    if (earlyStopping != null && heldBack == null) {
      throw new IllegalArgumentException(
          "fit: expected validation examples for early stopping, was none");
    }
    EarlyStopping.@Nullable Watch watch =
        earlyStopping == null ? null : earlyStopping.watch(trainer);
    History history = new History();
    listeners.forEach(listener -> listener.begins(epochs, training));
    boolean stops = false;
    for (int number = 1; number <= epochs && !stops; number++) {
      History.Epoch epoch = epoch(trainer, number, training, heldBack, history);
      history.add(epoch);
      listeners.forEach(listener -> listener.epochEnds(epoch));
      if (watch == null) {
        trainer.report(epoch.validation().orElse(epoch.training()).loss());
      } else {
        stops = watch.stopsAfter(epoch.validation().orElseThrow());
      }
    }
    if (watch != null) {
      history.best(watch.restore());
    }
    listeners.forEach(listener -> listener.ends(history));
    return history;
  }

  private History.Epoch epoch(
      Trainer trainer, int number, DataSet training, @Nullable DataSet heldBack, History history) {
    long start = System.nanoTime();
    double rate = trainer.learningRate();
    double momentum = trainer.momentum();
    listeners.forEach(listener -> listener.epochBegins(number));
    Metrics metrics =
        trainer.epoch(
            training,
            soFar -> {
              history.addBatch(soFar);
              listeners.forEach(listener -> listener.batchEnds(number, soFar));
            });
    Optional<Metrics> validated = Optional.ofNullable(heldBack).map(trainer::evaluate);
    double seconds = (System.nanoTime() - start) / 1e9;
    return new History.Epoch(number, metrics, validated, rate, momentum, seconds);
  }
}
