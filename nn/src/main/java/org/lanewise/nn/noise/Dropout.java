package org.lanewise.nn.noise;

import org.lanewise.autodiff.Variable;
import org.lanewise.engine.random.Distribution;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.layer.Recording;

/**
 * Inverted dropout: in training each element is 0 with probability p, independently, and x / (1 −
 * p) otherwise, so that its expectation is x. In inference y = x.
 *
 * <p>Source: Srivastava et al., <i>Dropout: a simple way to prevent neural networks from
 * overfitting</i>, 2014, section 10 for the scale.
 *
 * @param rate p, from 0 to below 1; what is kept, 1 − p, is the {@code keep_prob} of other
 *     libraries
 */
public record Dropout(double rate) implements Layer {
  /**
   * Checks the rate.
   *
   * @throws IllegalArgumentException if it is not from 0 to below 1
   */
  public Dropout {
    Noise.requireRate("dropout", rate);
  }

  @Override
  public String kind() {
    return "dropout";
  }

  @Override
  public Variable record(Recording recording, Variable x) {
    if (!recording.random()) {
      return x;
    }
    Variable kept = recording.draw("kept", Distribution.bernoulli(1 - rate), x.shape());
    // Chosen, not multiplied by 0: an infinite element is dropped too.
    return kept.select(x.multiply(1 / (1 - rate)), x.tape().constant(0));
  }
}
