package org.lanewise.nn.noise;

import org.lanewise.autodiff.Variable;
import org.lanewise.engine.random.Distribution;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.layer.Recording;

/**
 * Alpha dropout: in training each element is set to α′ = −λα, the limit of SELU at −∞, with
 * probability p = 1 − q, and then all become ax + b with
 *
 * <p>a = (q + α′² q (1 − q))<sup>−1/2</sup>, b = −a (1 − q) α′,
 *
 * <p>which keep mean 0 and variance 1 where x has them. In inference y = x.
 *
 * <p>Source: Klambauer et al., <i>Self-normalizing neural networks</i>, 2017, section "new dropout
 * technique".
 *
 * @param rate p, from 0 to below 1; 0.05 or 0.1 is usual
 */
public record AlphaDropout(double rate) implements Layer {
  /** α′ = −λα of SELU. */
  private static final double DROPPED = -1.7580993408473766;

  /**
   * Checks the rate.
   *
   * @throws IllegalArgumentException if it is not from 0 to below 1
   */
  public AlphaDropout {
    Noise.requireRate("alpha_dropout", rate);
  }

  @Override
  public String kind() {
    return "alpha_dropout";
  }

  @Override
  public Variable record(Recording recording, Variable x) {
    if (!recording.random()) {
      return x;
    }
    double q = 1 - rate;
    double a = 1 / Math.sqrt(q + DROPPED * DROPPED * q * rate);
    double b = -a * rate * DROPPED;
    Variable kept = recording.draw("kept", Distribution.bernoulli(q), x.shape());
    Variable dropped = x.tape().constant(a * DROPPED + b);
    return kept.select(x.multiply(a).add(b), dropped);
  }
}
