package org.lanewise.nn.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.lanewise.autodiff.Gradients;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.program.Program;
import org.lanewise.nn.layer.Mode;
import org.lanewise.nn.loss.Metric;
import org.lanewise.nn.network.Network;
import org.lanewise.nn.network.Parameters;
import org.lanewise.nn.network.RecordedNetwork;

/**
 * One training or evaluation step for one batch size, as a program: forward, metrics and, in
 * training, adjoints, clipping and the update of parameters, statistics and the optimizer's state.
 */
final class Step {
  private final Tensor inputs;
  private final Tensor targets;
  private final int batch;
  private final List<String> names = new ArrayList<>();
  private final List<Tensor> means = new ArrayList<>();
  private final Program program;

  Step(
      Training training,
      Parameters parameters,
      Parameters optimizerState,
      Tensor learningRate,
      int batch,
      Mode mode) {
    Network network = training.network();
    this.batch = batch;
    inputs = Tensor.zeros(Network.batched(batch, network.inputShape()));
    targets =
        Tensor.zeros(Network.batched(batch, training.loss().targetShape(network.outputShape())));

    Tape tape = new Tape();
    Variable target = tape.input("targets", targets);
    RecordedNetwork recorded = network.record(parameters, mode, tape.input("inputs", inputs));
    List<Variable> results = new ArrayList<>();
    Variable loss = training.loss().record(recorded.output(), target);
    results.add(loss);
    names.add(training.loss().name());
    for (Metric metric : training.loss().companions()) {
      results.add(metric.record(recorded.output(), target));
      names.add(metric.name());
    }

    List<Tape.Update> updates = new ArrayList<>();
    if (mode == Mode.TRAINING) {
      updates.addAll(recorded.updates());
      Map<String, Variable> trainable = recorded.trainable();
      List<Variable> learned = List.copyOf(trainable.values());
      Gradients gradients = tape.gradients(loss, learned);
      List<Variable> clipped = training.clipping().clip(learned, gradients.all()).gradients();
      Variable rate = tape.input("learning_rate", learningRate);
      int i = 0;
      for (Map.Entry<String, Variable> entry : trainable.entrySet()) {
        RecordedSlots slots = new RecordedSlots(tape, optimizerState, entry.getKey());
        Variable next = training.optimizer().step(slots, entry.getValue(), clipped.get(i++), rate);
        updates.add(new Tape.Update(entry.getValue(), next));
        updates.addAll(slots.updates());
      }
    }
    program = tape.program(results, updates);
    results.forEach(result -> means.add(program.value(result.node())));
  }

  /** Runs the step on the examples from a start in an order, and takes in its metrics. */
  void run(DataSet data, int[] order, int start, Metrics metrics) {
    data.copy(order, start, inputs, targets);
    program.run();
    metrics.add(batch, names, means.stream().map(mean -> (double) mean.item()).toList());
  }
}
