package org.lanewise.nn.network;

import java.util.List;
import java.util.Map;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;

/**
 * A network on a tape.
 *
 * @param output the output for the batch, [batch, output shape…]
 * @param trainable the trainable parameters by their full names, in the order of the layers
 * @param updates the updates of statistics that a training step makes; none in inference
 */
public record RecordedNetwork(
    Variable output, Map<String, Variable> trainable, List<Tape.Update> updates) {}
