package org.lanewise.nn.initializer;

import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.random.RandomStream;

/** How a parameter is drawn before training: a pure function of its shape and a random stream. */
@FunctionalInterface
public interface Initializer {
  /**
   * Draws a parameter.
   *
   * @param shape the shape of the parameter
   * @param stream the stream to draw from
   * @return a new tensor of that shape
   */
  Tensor initialize(Shape shape, RandomStream stream);

  /**
   * Every element the same.
   *
   * @param value the value
   * @return the initializer
   */
  static Initializer constant(double value) {
    return (shape, stream) -> Tensor.full((float) value, shape);
  }

  /**
   * Glorot's (Xavier's) normal initialization: variance 2 / (fan-in + fan-out), for logistic, tanh
   * and softmax.
   *
   * <p>Source: Glorot and Bengio, <i>Understanding the difficulty of training deep feedforward
   * neural networks</i>, 2010.
   *
   * @return the initializer
   */
  static VarianceScaling glorotNormal() {
    return new VarianceScaling(1, VarianceScaling.Mode.FAN_AVG, VarianceScaling.Form.NORMAL);
  }

  /**
   * Glorot's (Xavier's) uniform initialization: uniform in ±√(6 / (fan-in + fan-out)).
   *
   * @return the initializer
   */
  static VarianceScaling glorotUniform() {
    return glorotNormal().form(VarianceScaling.Form.UNIFORM);
  }

  /**
   * He's normal initialization: variance 2 / fan-in, for ReLU and its variants.
   *
   * <p>Source: He et al., <i>Delving deep into rectifiers</i>, 2015, equation 10.
   *
   * @return the initializer
   */
  static VarianceScaling heNormal() {
    return new VarianceScaling(2, VarianceScaling.Mode.FAN_IN, VarianceScaling.Form.NORMAL);
  }

  /**
   * He's uniform initialization: uniform in ±√(6 / fan-in).
   *
   * @return the initializer
   */
  static VarianceScaling heUniform() {
    return heNormal().form(VarianceScaling.Form.UNIFORM);
  }

  /**
   * LeCun's normal initialization: variance 1 / fan-in, for SELU.
   *
   * <p>Source: LeCun et al., <i>Efficient BackProp</i>, 1998, section 4.6.
   *
   * @return the initializer
   */
  static VarianceScaling lecunNormal() {
    return new VarianceScaling(1, VarianceScaling.Mode.FAN_IN, VarianceScaling.Form.NORMAL);
  }

  /**
   * LeCun's uniform initialization: uniform in ±√(3 / fan-in).
   *
   * @return the initializer
   */
  static VarianceScaling lecunUniform() {
    return lecunNormal().form(VarianceScaling.Form.UNIFORM);
  }
}
