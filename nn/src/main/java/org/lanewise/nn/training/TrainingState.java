package org.lanewise.nn.training;

import java.util.List;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.operation.Draw;
import org.lanewise.nn.layer.Parameter;
import org.lanewise.nn.network.Parameters;
import org.lanewise.nn.network.Statistics;
import org.lanewise.nn.optimizer.RecordedSlots;

/**
 * The tensors that steps of every batch size read and change.
 *
 * @param parameters the parameters and statistics of the network
 * @param average the same, with moving averages for those that change if there are any
 * @param optimizer the memory of the optimizer
 * @param gathered the gradients of the batches since the last step, if steps take several
 * @param learningRate the learning rate of the next step, a scalar
 * @param momentum the momentum of the next step, a scalar
 * @param averageShare the share of the parameters in their averages at the next step, a scalar
 * @param share the share of the next batch in the examples of its step, a scalar
 * @param draw the number of the next batch, as {@link Draw#count} writes it
 */
record TrainingState(
    Parameters parameters,
    Parameters average,
    Parameters optimizer,
    Parameters gathered,
    Tensor learningRate,
    Tensor momentum,
    Tensor averageShare,
    Tensor share,
    Tensor draw) {

  /** The state that a checkpoint holds, in tensors of its own. */
  static TrainingState restore(Training training, Checkpoint checkpoint) {
    Parameters parameters = new Parameters();
    for (Parameter parameter : training.network().parameters()) {
      parameters.add(parameter.name(), Tensor.zeros(parameter.shape()));
    }
    TrainingState state = start(training, parameters);
    restore("parameters", parameters, checkpoint.parameters());
    restore("averages", state.averagesAlone(), checkpoint.average());
    restore("optimizer state", state.optimizer(), checkpoint.optimizerState());
    return state;
  }

  static TrainingState start(Training training, Parameters parameters) {
    training.network().requireFit(parameters);
    Parameters average = new Parameters();
    Parameters gathered = new Parameters();
    List<Parameter> statistics = Statistics.moving(training.network());
    for (Parameter parameter : training.network().parameters()) {
      String name = parameter.name();
      Tensor tensor = parameters.get(name);
      boolean changes = parameter.trainable() || statistics.contains(parameter);
      boolean averaged = training.averaging().isPresent() && changes;
      average.add(name, averaged ? tensor.copy() : tensor);
      if (training.accumulation() > 1 && parameter.trainable()) {
        gathered.add(name, Tensor.zeros(tensor.shape()));
      }
    }
    return new TrainingState(
        parameters,
        average,
        RecordedSlots.start(
            training.optimizer(),
            training.network().parameters().stream().filter(Parameter::trainable).toList()),
        gathered,
        Tensor.zeros(),
        Tensor.zeros(),
        Tensor.zeros(),
        Tensor.zeros(),
        Tensor.zeros(Draw.COUNTER));
  }

  /** The averages alone, without the tensors that are not averaged. */
  Parameters averagesAlone() {
    Parameters alone = new Parameters();
    for (String name : average.names()) {
      if (average.get(name) != parameters.get(name)) {
        alone.add(name, average.get(name));
      }
    }
    return alone;
  }

  void forgetGathered() {
    for (String name : gathered.names()) {
      Tensor tensor = gathered.get(name);
      tensor.copyFrom(Tensor.zeros(tensor.shape()));
    }
  }

  /** Overwrites tensors with those of a checkpoint. */
  private static void restore(String what, Parameters into, Parameters from) {
    List<String> names = into.names();
    if (!names.equals(from.names())) {
      throw new IllegalArgumentException(
          "checkpoint: expected " + what + " of the names " + names + ", was " + from.names());
    }
    for (String name : names) {
      Shape expected = into.get(name).shape();
      Shape given = from.get(name).shape();
      if (!given.equals(expected)) {
        throw new IllegalArgumentException(
            "checkpoint: expected " + name + " of shape " + expected + ", was " + given);
      }
      into.get(name).copyFrom(from.get(name));
    }
  }
}
