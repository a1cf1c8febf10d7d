package org.lanewise.nn.noise;

import org.lanewise.autodiff.Variable;
import org.lanewise.nn.check.Checks;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.layer.Recording;

/**
 * Gaussian noise: y = x + σz with a standard normal z for each element, in training; y = x in
 * inference.
 *
 * <p>Source: Bishop, <i>Training with noise is equivalent to Tikhonov regularization</i>, 1995.
 *
 * @param stddev σ, above 0
 */
public record GaussianNoise(double stddev) implements Layer {
  /**
   * Checks the standard deviation.
   *
   * @throws IllegalArgumentException if it is not above 0 and finite
   */
  public GaussianNoise {
    Checks.positive("gaussian_noise", "a standard deviation", stddev);
  }

  @Override
  public String kind() {
    return "gaussian_noise";
  }

  @Override
  public Variable record(Recording recording, Variable x) {
    return recording.random() ? x.add(Noise.normal(recording, x).multiply(stddev)) : x;
  }
}
