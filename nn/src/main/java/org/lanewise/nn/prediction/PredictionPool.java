package org.lanewise.nn.prediction;

import java.util.Arrays;
import java.util.function.Supplier;

/** The programs for one batch size: as many as there ever were callers at once. */
final class PredictionPool {
  private final int batch;
  private final Supplier<Prediction> maker;
  private volatile Prediction[] predictions;

  /** Whether it served somebody since it was last asked; a hint, so that races do not matter. */
  private boolean used;

  PredictionPool(int batch, Supplier<Prediction> maker) {
    this.batch = batch;
    this.maker = maker;
    predictions = new Prediction[] {maker.get()};
  }

  int batch() {
    return batch;
  }

  /** A program that is the caller's own until it is released. */
  Prediction take() {
    if (!used) {
      used = true;
    }
    Prediction[] all = predictions;
    // Threads start at places of their own, so that they rarely meet.
    int start = (int) (Thread.currentThread().threadId() % all.length);
    for (int i = start; i < start + all.length; i++) {
      Prediction prediction = all[i < all.length ? i : i - all.length];
      if (prediction.take()) {
        return prediction;
      }
    }
    return add();
  }

  private Prediction add() {
    Prediction added = maker.get();
    added.take();
    keep(added);
    return added;
  }

  private synchronized void keep(Prediction added) {
    Prediction[] all = Arrays.copyOf(predictions, predictions.length + 1);
    all[predictions.length] = added;
    predictions = all;
  }

  /** Sees to it that so many callers can predict at once. */
  void reserve(int callers) {
    while (predictions.length < callers) {
      keep(maker.get());
    }
  }

  /** Whether it served somebody since this was last asked. */
  boolean wasUsed() {
    boolean was = used;
    used = false;
    return was;
  }
}
