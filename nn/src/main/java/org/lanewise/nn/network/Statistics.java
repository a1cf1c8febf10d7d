package org.lanewise.nn.network;

import java.util.List;
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
    for (Parameter statistic : moving(network)) {
      Tensor start = statistic.initializer().initialize(statistic.shape(), RandomStream.of(0));
      parameters.get(statistic.name()).copyFrom(start);
    }
  }

  /**
   * The statistics that training moves.
   *
   * @param network the network
   * @return all but those that are frozen
   */
  public static List<Parameter> moving(Network network) {
    return network.structure().parameters().stream()
        .filter(parameter -> !parameter.trainable())
        .filter(
            parameter ->
                network.frozen().stream().noneMatch(name -> Frozen.covers(name, parameter.name())))
        .toList();
  }
}
