package org.lanewise.nn.initializer;

import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.random.Distribution;
import org.lanewise.engine.random.RandomStream;

/**
 * Draws weights with mean 0 and variance scale / n, n counted from the fans of the weight.
 *
 * <p>The first edition of Géron's book (table 11-1) gives each activation its own variance; with n
 * = (fan-in + fan-out) / 2 and either form, they are
 *
 * <table>
 * <caption>How to ask for the variances of the book's first edition</caption>
 * <tr><th>activation</th><th>variance</th><th>initializer</th></tr>
 * <tr><td>logistic</td><td>1 / n</td><td>{@code glorotNormal()}</td></tr>
 * <tr><td>tanh</td><td>4² / n</td><td>{@code glorotNormal().gain(4)}</td></tr>
 * <tr><td>ReLU and its variants</td><td>2 / n</td>
 *     <td>{@code glorotNormal().gain(Math.sqrt(2))}</td></tr>
 * </table>
 *
 * and what later editions pair is {@link Initializer#forActivation}. (A factor of 4 is what undoes
 * the slope ¼ that the logistic function has at 0.)
 *
 * @param scale the scale, above 0
 * @param mode how n is counted
 * @param form the form of the distribution; each has the same variance
 */
public record VarianceScaling(double scale, Mode mode, Form form) implements Initializer {
  /** The number n that the scale is divided by. */
  public enum Mode {
    /** The fan-in. */
    FAN_IN,
    /** The fan-out. */
    FAN_OUT,
    /** The mean of fan-in and fan-out. */
    FAN_AVG
  }

  /** The form of a distribution. */
  public enum Form {
    /** Uniform between ±√(3 · variance). */
    UNIFORM,
    /** Normal. */
    NORMAL,
    /**
     * Normal, cut off at two standard deviations and widened so that its variance is as promised.
     */
    TRUNCATED_NORMAL
  }

  /**
   * Checks the scale.
   *
   * @throws IllegalArgumentException if the scale is not finite and above 0
   */
  public VarianceScaling {
    if (!(scale > 0) || !Double.isFinite(scale)) {
      throw new IllegalArgumentException(
          "variance scaling: expected a scale above 0, was " + scale);
    }
  }

  /**
   * The same with all weights larger by a factor, which is how a nonlinearity's gain is asked for.
   *
   * @param gain what the standard deviation is multiplied by, above 0
   * @return the initializer
   * @throws IllegalArgumentException if the gain is not above 0
   */
  public VarianceScaling gain(double gain) {
    if (!(gain > 0)) {
      throw new IllegalArgumentException("variance scaling: expected a gain above 0, was " + gain);
    }
    return new VarianceScaling(scale * gain * gain, mode, form);
  }

  /**
   * The same variance in another form.
   *
   * @param newForm the form
   * @return the initializer
   */
  public VarianceScaling form(Form newForm) {
    return new VarianceScaling(scale, mode, newForm);
  }

  /**
   * The variance that weights of a shape are drawn with.
   *
   * @param shape the shape
   * @return the variance
   */
  public double variance(Shape shape) {
    Fans fans = Fans.of(shape);
    double n =
        switch (mode) {
          case FAN_IN -> fans.in();
          case FAN_OUT -> fans.out();
          case FAN_AVG -> (fans.in() + fans.out()) / 2;
        };
    return scale / n;
  }

  @Override
  public Tensor initialize(Shape shape, RandomStream stream) {
    double stddev = Math.sqrt(variance(shape));
    double limit = Math.sqrt(3) * stddev;
    Distribution distribution =
        switch (form) {
          case UNIFORM -> Distribution.uniform(-limit, limit);
          case NORMAL -> Distribution.normal(0, stddev);
          case TRUNCATED_NORMAL ->
              Distribution.truncatedNormal(
                  0, stddev / Distribution.TruncatedNormal.STDDEV_AFTER_CUT);
        };
    return new FromDistribution(distribution).initialize(shape, stream);
  }
}
