package org.lanewise.nn.network;

import java.util.List;
import java.util.Map;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;

/**
 * A network on a tape.
 *
 * @param outputs the outputs for the batch, each [batch, output shape…]
 * @param trainable the trainable parameters by their full names, in the order of the layers
 * @param updates the updates of statistics that a training step makes; none in inference
 */
public record RecordedNetwork(
    List<Variable> outputs, Map<String, Variable> trainable, List<Tape.Update> updates) {
  /**
   * The output of a network that has just one.
   *
   * @return the output for the batch, [batch, output shape…]
   * @throws IllegalArgumentException if there are several
   */
  public Variable output() {
    return Network.only("output", outputs);
  }
}
