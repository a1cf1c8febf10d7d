package org.lanewise.nn.layer;

import org.lanewise.engine.Shape;
import org.lanewise.nn.initializer.Initializer;

/**
 * A tensor that a layer keeps: learned from gradients, or a statistic gathered in training.
 *
 * @param name the name within the layer, as in {@code kernel}
 * @param shape the shape
 * @param initializer how it is drawn before training
 * @param trainable whether it is learned from gradients
 */
public record Parameter(String name, Shape shape, Initializer initializer, boolean trainable) {
  /**
   * A parameter learned from gradients.
   *
   * @param name the name within the layer
   * @param shape the shape
   * @param initializer how it is drawn before training
   * @return the parameter
   */
  public static Parameter trainable(String name, Shape shape, Initializer initializer) {
    return new Parameter(name, shape, initializer, true);
  }

  /**
   * A statistic gathered in training.
   *
   * @param name the name within the layer
   * @param shape the shape
   * @param start the value of every element before training
   * @return the parameter
   */
  public static Parameter statistic(String name, Shape shape, double start) {
    return new Parameter(name, shape, Initializer.constant(start), false);
  }

  /**
   * The same parameter under the name of a layer: {@code layer/name}.
   *
   * @param layer the name of the layer
   * @return the renamed parameter
   */
  public Parameter in(String layer) {
    return new Parameter(layer + "/" + name, shape, initializer, trainable);
  }

  /**
   * The same parameter, not learned from gradients.
   *
   * @return the frozen parameter
   */
  public Parameter frozen() {
    return new Parameter(name, shape, initializer, false);
  }
}
