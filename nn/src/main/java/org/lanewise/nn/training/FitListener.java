package org.lanewise.nn.training;

import java.io.PrintStream;

/**
 * Is told how {@link Trainer#fit} goes, by the thread that trains. What it throws ends the
 * training.
 */
public interface FitListener {
  /**
   * Training begins.
   *
   * @param epochs how many epochs there will be at most
   * @param training the examples of an epoch
   */
  default void begins(int epochs, DataSet training) {}

  /**
   * An epoch begins.
   *
   * @param number its number, from 1
   */
  default void epochBegins(int number) {}

  /**
   * A batch was trained on.
   *
   * @param epoch the number of the epoch, from 1
   * @param soFar the metrics of the epoch so far; the object goes on to change
   */
  default void batchEnds(int epoch, Metrics soFar) {}

  /**
   * An epoch ends, and was measured on the validation examples if there are any.
   *
   * @param epoch what it came to
   */
  default void epochEnds(History.Epoch epoch) {}

  /**
   * Training ends, after its last epoch or an early stop.
   *
   * @param history all that was reported
   */
  default void ends(History history) {}

  /**
   * Prints a line after every epoch.
   *
   * @param out where to
   * @return the listener
   */
  static FitListener lines(PrintStream out) {
    return new FitListener() {
      @Override
      public void epochEnds(History.Epoch epoch) {
        out.println(epoch);
        out.flush();
      }
    };
  }
}
