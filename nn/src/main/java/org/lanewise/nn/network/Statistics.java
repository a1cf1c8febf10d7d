package org.lanewise.nn.network;

import org.lanewise.engine.Tensor;
import org.lanewise.engine.random.RandomStream;
import org.lanewise.nn.layer.Parameter;

/**
 * The numbers that layers gather in training, such as the running statistics of batch
 * normalization.
 */
public final class Statistics {
  private Statistics() {}

  /**
   * Lets all statistics start anew, as before training, say to gather those of other data. Trained
   * parameters stay, and so do the statistics of frozen layers.
   *
   * @param network the network
   * @param parameters its parameters, changed in place
   */
  public static void reset(Network network, Parameters parameters) {
    for (Parameter parameter : network.structure().parameters()) {
      boolean frozen =
          network.frozen().stream().anyMatch(name -> Frozen.covers(name, parameter.name()));
      if (!parameter.trainable() && !frozen) {
        Tensor start = parameter.initializer().initialize(parameter.shape(), RandomStream.of(0));
        parameters.get(parameter.name()).copyFrom(start);
      }
    }
  }
}
