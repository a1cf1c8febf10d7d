package org.lanewise.nn.initializer;

import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.random.Distribution;
import org.lanewise.engine.random.RandomStream;
import org.lanewise.nn.check.Checks;

/**
 * How a parameter is drawn before training: a pure function of its shape and a random stream.
 *
 * <p>Those named after people are {@link VarianceScaling}s; {@code heNormal().form(Form.UNIFORM)}
 * or {@code .form(Form.TRUNCATED_NORMAL)} is the same variance in another form.
 */
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
   * The initializer for the weights in front of an activation: He's for ReLU and its variants,
   * LeCun's for SELU, Glorot's otherwise, as in {@code
   * dense(300).initializer(forActivation(elu()))}. The activation itself knows.
   *
   * @param activation the activation that the weights feed
   * @return the initializer, in its normal form
   */
  static VarianceScaling forActivation(Nonlinearity activation) {
    return activation.matchingInitializer();
  }

  /**
   * Every element 0: for biases. Units whose weights all start at 0 stay equal to each other.
   *
   * @return the initializer
   */
  static Initializer zeros() {
    return constant(0);
  }

  /**
   * Every element 1.
   *
   * @return the initializer
   */
  static Initializer ones() {
    return constant(1);
  }

  /**
   * Every element the same.
   *
   * @param value the value, finite as a float
   * @return the initializer
   * @throws IllegalArgumentException if the value is not finite as a float
   */
  static Initializer constant(double value) {
    return new Constant(value);
  }

  /**
   * Uniform between two bounds.
   *
   * @param low the lowest value drawn, finite
   * @param high the bound above all values drawn, finite and above {@code low}
   * @return the initializer
   * @throws IllegalArgumentException if a bound, rounded to float, is not finite, or {@code low} is
   *     not below {@code high}
   */
  static Initializer uniform(double low, double high) {
    return new FromDistribution(Distribution.uniform(low, high));
  }

  /**
   * Normal.
   *
   * @param mean the mean, finite
   * @param stddev the standard deviation, 0 or above
   * @return the initializer
   * @throws IllegalArgumentException if the mean is not finite, the standard deviation is negative
   *     or not finite, or a draw could overflow
   */
  static Initializer normal(double mean, double stddev) {
    return new FromDistribution(Distribution.normal(mean, stddev));
  }

  /**
   * Normal, cut off on both sides and widened so that draws have the standard deviation that is
   * asked for. They stay within 2.274 standard deviations of the mean. (TensorFlow and Keras take
   * the standard deviation before the cut: 1 there is 0.8796 here.)
   *
   * @param mean the mean, finite
   * @param stddev the standard deviation of what is drawn, 0 or above
   * @return the initializer
   * @throws IllegalArgumentException as {@link #normal}
   */
  static Initializer truncatedNormal(double mean, double stddev) {
    Checks.notNegative("truncated normal", "a standard deviation", stddev);
    return new FromDistribution(
        Distribution.truncatedNormal(mean, stddev / Distribution.TruncatedNormal.STDDEV_AFTER_CUT));
  }

  /**
   * Orthogonal columns of length 1.
   *
   * @return the initializer
   */
  static Initializer orthogonal() {
    return new Orthogonal(1);
  }

  /**
   * Ones on the diagonal, zeros elsewhere.
   *
   * @return the initializer
   */
  static Initializer identity() {
    return new IdentityMatrix(1);
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
