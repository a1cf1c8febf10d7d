package org.lanewise.nn.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.lanewise.autodiff.Gradients;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.program.Program;
import org.lanewise.nn.layer.Mode;
import org.lanewise.nn.network.Draws;
import org.lanewise.nn.network.Network;
import org.lanewise.nn.network.RecordedNetwork;
import org.lanewise.nn.optimizer.Hyperparameters;

/**
 * One training or evaluation step for one batch size, as a program: forward, metrics and, in
 * training, adjoints, clipping and the update of parameters, statistics and the optimizer's state.
 */
final class Step {
  private final List<Tensor> inputs;
  private final List<Tensor> targets;
  private final int batch;
  private final List<String> names = new ArrayList<>();
  private final List<Tensor> means = new ArrayList<>();
  private final Program program;

  Step(Training training, TrainingState state, int batch, Mode mode) {
    Objective objective = training.objective();
    this.batch = batch;
    Tape tape = new Tape();
    inputs = batches(batch, training.network().inputShapes());
    targets = batches(batch, objective.targetShapes());
    RecordedNetwork recorded = record(training, state, mode, inputs(tape, "inputs", inputs));
    Map<String, Variable> metrics =
        objective.record(recorded.outputs(), inputs(tape, "targets", targets));
    Variable loss = withPenalties(metrics, recorded.penalties());

    List<Tape.Update> updates = new ArrayList<>();
    if (mode == Mode.TRAINING) {
      updates.addAll(recorded.updates());
      Map<String, Variable> trainable = recorded.trainable();
      if (trainable.isEmpty()) {
        throw new IllegalArgumentException(
            "training: expected a parameter to train, all of the network's are frozen");
      }
      List<Variable> learned = List.copyOf(trainable.values());
      Gradients gradients = tape.gradients(loss, learned);
      List<Variable> clipped = training.clipping().clip(learned, gradients.all()).gradients();
      Hyperparameters hyperparameters =
          new Hyperparameters(
              tape.input("learning_rate", state.learningRate()),
              tape.input("momentum", state.momentum()),
              1);
      RecordedSlots slots = new RecordedSlots(tape, state.optimizer());
      int i = 0;
      for (Map.Entry<String, Variable> entry : trainable.entrySet()) {
        Variable parameter = entry.getValue();
        Variable next =
            training
                .optimizer()
                .step(slots.of(entry.getKey()), parameter, clipped.get(i++), hyperparameters);
        updates.add(new Tape.Update(parameter, recorded.constrain(entry.getKey(), next)));
      }
      updates.addAll(slots.updates());
    }
    program = tape.program(List.copyOf(metrics.values()), updates);
    metrics.forEach(
        (name, value) -> {
          names.add(name);
          means.add(program.value(value.node()));
        });
  }

  /** What training makes small: the loss, which comes first among the metrics, and penalties. */
  private static Variable withPenalties(Map<String, Variable> metrics, List<Variable> penalties) {
    Variable loss = metrics.values().iterator().next();
    if (penalties.isEmpty()) {
      return loss;
    }
    Variable penalty = penalties.stream().reduce(Variable::add).orElseThrow();
    metrics.put("penalty", penalty);
    return loss.add(penalty);
  }

  private static RecordedNetwork record(
      Training training, TrainingState state, Mode mode, List<Variable> examples) {
    Network network = training.network();
    return switch (mode) {
      case INFERENCE -> network.record(state.parameters(), mode, examples);
      case TRAINING -> {
        Variable step = examples.get(0).tape().input("step", state.step());
        yield network.record(state.parameters(), mode, examples, new Draws(training.seed(), step));
      }
    };
  }

  private static List<Tensor> batches(int batch, List<Shape> shapes) {
    return shapes.stream().map(one -> Tensor.zeros(Network.batched(batch, one))).toList();
  }

  private static List<Variable> inputs(Tape tape, String name, List<Tensor> tensors) {
    return tensors.stream().map(tensor -> tape.input(name, tensor)).toList();
  }

  /** Runs the step on the examples from a start in an order, and takes in its metrics. */
  void run(DataSet data, int[] order, int start, Metrics metrics) {
    data.copy(order, start, inputs, targets);
    program.run();
    metrics.add(batch, names, means.stream().map(mean -> (double) mean.item()).toList());
  }
}
