package org.lanewise.nn.layer;

import org.lanewise.nn.initializer.Initializer;

/** The layers, by the names that networks are written with; made to be imported statically. */
public final class Layers {
  private Layers() {}

  /**
   * A fully connected layer with Glorot's uniform initialization and a bias.
   *
   * @param units the number of outputs, at least 1
   * @return the layer
   */
  public static Dense dense(int units) {
    return new Dense(units, Initializer.glorotUniform(), true);
  }

  /**
   * Batch normalization with momentum 0.99 and ε 0.001.
   *
   * @return the layer
   */
  public static BatchNorm batchNorm() {
    return new BatchNorm(0.99, 0.001);
  }

  /**
   * The logistic function.
   *
   * @return the layer
   */
  public static Layer logistic() {
    return new Activation.Logistic();
  }

  /**
   * The hyperbolic tangent.
   *
   * @return the layer
   */
  public static Layer tanh() {
    return new Activation.Tanh();
  }

  /**
   * The rectified linear unit.
   *
   * @return the layer
   */
  public static Layer relu() {
    return new Activation.Relu();
  }

  /**
   * The leaky rectified linear unit with slope 0.01 below 0.
   *
   * @return the layer
   */
  public static Layer leakyRelu() {
    return leakyRelu(0.01);
  }

  /**
   * The leaky rectified linear unit.
   *
   * @param alpha the slope below 0, from 0 to 1
   * @return the layer
   */
  public static Layer leakyRelu(double alpha) {
    return new Activation.LeakyRelu(alpha);
  }

  /**
   * The parametric rectified linear unit, α starting at 0.25.
   *
   * @return the layer
   */
  public static Layer pRelu() {
    return new PRelu(0.25);
  }

  /**
   * The exponential linear unit with α = 1.
   *
   * @return the layer
   */
  public static Layer elu() {
    return elu(1);
  }

  /**
   * The exponential linear unit.
   *
   * @param alpha the limit at −∞ with its sign changed, at least 0
   * @return the layer
   */
  public static Layer elu(double alpha) {
    return new Activation.Elu(alpha);
  }

  /**
   * The scaled exponential linear unit.
   *
   * @return the layer
   */
  public static Layer selu() {
    return new Activation.Selu();
  }
}
