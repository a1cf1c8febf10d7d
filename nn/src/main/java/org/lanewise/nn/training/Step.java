package org.lanewise.nn.training;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.program.Program;
import org.lanewise.nn.layer.Mode;
import org.lanewise.nn.network.Draws;
import org.lanewise.nn.network.Network;
import org.lanewise.nn.network.Parameters;
import org.lanewise.nn.network.RecordedNetwork;

/**
 * A batch of one size in training or evaluation, as a program: forward, metrics and, in training,
 * adjoints and what they change.
 */
final class Step {
  private final int batch;
  private final List<Tensor> inputs;
  private final List<Tensor> targets;
  private final Tensor weights;
  private final Optional<StepUpdate> update;
  private final Program program;
  private final List<String> names;
  private final Tensor[] means;

  /** Measures parameters without changing anything. */
  static Step evaluation(Objective objective, Parameters parameters, int batch) {
    return new Step(
        objective,
        batch,
        examples -> objective.network().record(parameters, Mode.INFERENCE, examples),
        (recorded, loss) -> Optional.empty());
  }

  /**
   * Trains.
   *
   * @param last whether the batch is the last of its step
   */
  static Step training(Training training, TrainingState state, int batch, boolean last) {
    return new Step(
        training.objective(),
        batch,
        examples -> {
          Variable draw = examples.getFirst().tape().input("step", state.draw());
          Draws draws = new Draws(training.seed(), draw);
          return training.network().record(state.parameters(), Mode.TRAINING, examples, draws);
        },
        (recorded, loss) -> Optional.of(StepUpdate.record(training, state, last, recorded, loss)));
  }

  private Step(
      Objective objective,
      int batch,
      Function<List<Variable>, RecordedNetwork> forward,
      BiFunction<RecordedNetwork, Variable, Optional<StepUpdate>> change) {
    this.batch = batch;
    inputs = batches(batch, objective.network().inputShapes());
    targets = batches(batch, objective.targetShapes());
    weights = Tensor.zeros(batch);
    Tape tape = new Tape();
    RecordedNetwork recorded = forward.apply(inputs(tape, "inputs", inputs));
    Map<String, Variable> metrics =
        objective.record(
            recorded.outputs(), inputs(tape, "targets", targets), tape.input("weights", weights));
    Variable loss = withPenalties(metrics, recorded.penalties());
    update = change.apply(recorded, loss);
    update.ifPresent(some -> metrics.put(Metrics.GRADIENT_NORM, some.norm()));
    program =
        tape.program(
            List.copyOf(metrics.values()), update.map(StepUpdate::updates).orElse(List.of()));
    names = List.copyOf(metrics.keySet());
    means =
        metrics.values().stream().map(value -> program.value(value.node())).toArray(Tensor[]::new);
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

  private static List<Tensor> batches(int batch, List<Shape> shapes) {
    return shapes.stream().map(one -> Tensor.zeros(Network.batched(batch, one))).toList();
  }

  private static List<Variable> inputs(Tape tape, String name, List<Tensor> tensors) {
    return tensors.stream().map(tensor -> tape.input(name, tensor)).toList();
  }

  /** Runs on the examples from a start in an order. */
  void run(DataSet data, int[] order, int start) {
    data.copy(order, start, inputs, targets, weights);
    program.run();
  }

  /** The loss of the last run, before what it changed. */
  double loss() {
    return means[0].item();
  }

  /** Whether the gradients of the last run are finite; without gradients they are. */
  boolean isFinite() {
    // The norm comes last.
    return update.isEmpty() || Float.isFinite(means[means.length - 1].item());
  }

  /** Lets metrics take in the means of the last run, unless its gradients are not finite. */
  void report(Metrics metrics) {
    if (isFinite()) {
      metrics.add(batch, names, means);
    } else {
      metrics.leaveOut(batch, names);
    }
  }

  /** What was wrong with the gradients of a run that changed nothing. */
  NonFiniteGradientException failure(long step) {
    return update.orElseThrow().failure(step);
  }
}
