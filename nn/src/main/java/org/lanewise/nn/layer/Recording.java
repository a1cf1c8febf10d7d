package org.lanewise.nn.layer;

import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.random.Distribution;
import org.lanewise.nn.regularizer.Constraint;
import org.lanewise.nn.regularizer.Regularizer;

/**
 * The means that a layer records with: the tape, its own parameters by name, and whether it is for
 * training or inference.
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
   * Whether layers that make noise in training make it here: in training, and in predictions that
   * are drawn on purpose, as by Monte Carlo dropout.
   *
   * @return true if there is noise
   */
  boolean random();

  /**
   * Records random draws: others at each step, and for each layer and name.
   *
   * @param name the purpose of the draws, within the layer
   * @param distribution what is drawn
   * @param shape the shape
   * @return the draws, which no gradient flows to
   * @throws IllegalArgumentException if the recording was given nothing to draw from
   */
  Variable draw(String name, Distribution distribution, Shape shape);

  /**
   * Whether the layer is frozen: it learns nothing, and its statistics stay as they are. A layer
   * that normalizes with statistics of the batch uses the gathered ones instead.
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
   * A parameter of another layer of the network.
   *
   * @param layer the full name of that layer
   * @param name the parameter's name within it
   * @return the parameter on the tape
   * @throws IllegalArgumentException if there is no such parameter
   */
  Variable parameterOf(String layer, String name);

  /**
   * The recording of a layer within this one.
   *
   * @param layer the name of the inner layer
   * @return the recording, in which the parameters of the inner layer are found by their own names
   */
  Recording in(String layer);

  /**
   * Gives a statistic a new value, which it takes on at the end of each training step unless it is
   * frozen.
   *
   * @param name its name within the layer
   * @param value the new value, of the same shape
   * @throws IllegalArgumentException if the layer has no such parameter
   */
  void update(String name, Variable value);

  /**
   * Adds a scalar to the sum that training minimizes.
   *
   * @param penalty the scalar
   */
  void penalize(Variable penalty);

  /**
   * Adds the penalty of a parameter to the sum that training minimizes: once, in however many
   * places the layer is used, and not if the parameter is frozen.
   *
   * @param name its name within the layer
   * @param regularizer the penalty
   * @throws IllegalArgumentException if the layer has no such parameter
   */
  void regularize(String name, Regularizer regularizer);

  /**
   * Constrains a parameter after each step of training.
   *
   * @param name its name within the layer
   * @param constraint the constraint
   * @throws IllegalArgumentException if the layer has no such parameter
   */
  void constrain(String name, Constraint constraint);
}
