package org.lanewise.nn.network;

import org.lanewise.nn.prediction.Predictor;

/**
 * What a network was saved with.
 *
 * @param network the description
 * @param parameters the parameters
 */
public record SavedNetwork(Network network, Parameters parameters) {
  /**
   * A predictor: a snapshot of the parameters.
   *
   * @return the predictor
   */
  public Predictor predictor() {
    return new Predictor(network, parameters);
  }
}
