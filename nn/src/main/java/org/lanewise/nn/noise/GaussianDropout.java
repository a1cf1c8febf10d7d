package org.lanewise.nn.noise;

import org.lanewise.autodiff.Variable;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.layer.Recording;

/**
 * Gaussian dropout: y = x (1 + √(p / (1 − p)) z) with a standard normal z for each element, in
 * training: noise with the mean and the variance of {@link Dropout}'s, and no zeros. In inference y
 * = x.
 *
 * <p>Source: Srivastava et al., <i>Dropout: a simple way to prevent neural networks from
 * overfitting</i>, 2014, section 10.
 *
 * @param rate p, from 0 to below 1
 */
public record GaussianDropout(double rate) implements Layer {
  /**
   * Checks the rate.
   *
   * @throws IllegalArgumentException if it is not from 0 to below 1
   */
  public GaussianDropout {
    Noise.requireRate("gaussian_dropout", rate);
  }

  @Override
  public String kind() {
    return "gaussian_dropout";
  }

  @Override
  public Variable record(Recording recording, Variable x) {
    if (!recording.random()) {
      return x;
    }
    double stddev = Math.sqrt(rate / (1 - rate));
    return x.multiply(Noise.normal(recording, x).multiply(stddev).add(1));
  }
}
