package org.lanewise.nn.prediction;

import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The programs for one batch size: as many as there ever were callers at once, up to a limit. A
 * caller beyond the limit waits for a program; any other takes no lock.
 */
final class PredictionPool {
  private final int batch;
  private final int limit;
  private final Supplier<Prediction> maker;
  private volatile Prediction[] predictions = {};

  /** Programs that are kept or being made. */
  private int counted;

  /** Callers that wait for a program. It is written under the lock and read without. */
  private volatile int waiting;

  /** Whether it served somebody since it was last asked; a hint, so that races do not matter. */
  private boolean used;

  /**
   * A pool with one program.
   *
   * @param batch the batch size
   * @param limit the most programs, at least 1; a caller that holds one while it takes another
   *     needs 2
   * @param maker makes a program
   */
  PredictionPool(int batch, int limit, Supplier<Prediction> maker) {
    this.batch = batch;
    this.limit = limit;
    this.maker = maker;
    reserve(1);
  }

  int batch() {
    return batch;
  }

  /** The number of programs. */
  int size() {
    return predictions.length;
  }

  /** A program that is the caller's own until it is released. */
  Prediction take() {
    if (!used) {
      used = true;
    }
    while (true) {
      Prediction free = takeFree();
      if (free != null) {
        return free;
      }
      if (count()) {
        return make(true);
      }
      Prediction released = await();
      if (released != null) {
        return released;
      }
    }
  }

  void release(Prediction prediction) {
    prediction.release();
    // Whoever waits has said so before it looked once more, so that one of the two sees the other.
    if (waiting > 0) {
      wakeOne();
    }
  }

  private synchronized void wakeOne() {
    notify();
  }

  private @Nullable Prediction takeFree() {
    Prediction[] all = predictions;
    if (all.length == 0) {
      return null;
    }
    // Threads start at places of their own, so that they rarely meet.
    int start = (int) (Thread.currentThread().threadId() % all.length);
    for (int i = start; i < start + all.length; i++) {
      Prediction prediction = all[i < all.length ? i : i - all.length];
      if (prediction.take()) {
        return prediction;
      }
    }
    return null;
  }

  /** Waits until a program is released or may be made; null if one may be made. */
  private synchronized @Nullable Prediction await() {
    boolean interrupted = false;
    waiting++;
    try {
      Prediction free = takeFree();
      while (free == null && counted == limit) {
        try {
          wait();
        } catch (InterruptedException e) {
          interrupted = true;
        }
        free = takeFree();
      }
      return free;
    } finally {
      waiting--;
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Counts one more program, which is to be made; false if there are enough. */
  private synchronized boolean count() {
    if (counted == limit) {
      return false;
    }
    counted++;
    return true;
  }

  /** Makes a program that is counted, without the lock, and keeps it. */
  private Prediction make(boolean taken) {
    Prediction made = null;
    try {
      made = maker.get();
      if (taken) {
        made.take();
      }
      return made;
    } finally {
      keep(made);
    }
  }

  /** Keeps a program; null if making one failed, which lets another caller try. */
  private synchronized void keep(@Nullable Prediction made) {
    if (made == null) {
      counted--;
    } else {
      Prediction[] all = Arrays.copyOf(predictions, predictions.length + 1);
      all[predictions.length] = made;
      predictions = all;
    }
    notify();
  }

  /** Sees to it that so many callers can predict at once, or as many as the limit allows. */
  void reserve(int callers) {
    while (size() < callers && count()) {
      make(false);
    }
  }

  /** Whether it served somebody since this was last asked. */
  boolean wasUsed() {
    boolean was = used;
    used = false;
    return was;
  }
}
