package org.lanewise.nn.training;

import org.lanewise.engine.Tensor;
import org.lanewise.engine.operation.Draw;
import org.lanewise.nn.network.Parameters;

/**
 * The tensors that steps of every batch size share: what they read and change.
 *
 * @param parameters the parameters and statistics of the network
 * @param optimizer what the optimizer remembers
 * @param learningRate the learning rate of the next step, a scalar
 * @param momentum the momentum of the next step, a scalar
 * @param step the number of the next step, as {@link Draw#count} writes it
 */
record TrainingState(
    Parameters parameters,
    Parameters optimizer,
    Tensor learningRate,
    Tensor momentum,
    Tensor step) {
  static TrainingState of(Parameters parameters) {
    return new TrainingState(
        parameters, new Parameters(), Tensor.zeros(), Tensor.zeros(), Tensor.zeros(Draw.COUNTER));
  }
}
