package org.lanewise.nn.layer;

import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;

/**
 * What a layer records with: the tape, its own parameters by name, and whether it is for training
 * or inference.
 */
public interface Recording {
  /**
   * The tape that is recorded.
   *
   * @return the tape
   */
  Tape tape();

  /**
   * Whether the recording is for training or inference.
   *
   * @return the mode
   */
  Mode mode();

  /**
   * Whether the layer is frozen: it learns nothing, and what it would gather in training stays as
   * it is. A layer that normalizes with statistics of the batch uses the gathered ones instead.
   *
   * @return true if it is frozen
   */
  boolean frozen();

  /**
   * One of the layer's parameters.
   *
   * @param name its name within the layer
   * @return the parameter on the tape
   * @throws IllegalArgumentException if the layer has no such parameter
   */
  Variable parameter(String name);

  /**
   * Gives a statistic a new value, which it takes on at the end of each training step unless it is
   * frozen.
   *
   * @param name its name within the layer
   * @param value the new value, of the same shape
   * @throws IllegalArgumentException if the layer has no such parameter
   */
  void update(String name, Variable value);
}
