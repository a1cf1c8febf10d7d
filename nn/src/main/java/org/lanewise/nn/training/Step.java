package org.lanewise.nn.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
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
import org.lanewise.nn.training.Objective.Recorded;

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
  private final Tensor loss;

  /** The joint norm of the gradients that the step uses, or has gathered so far; null without. */
  private final @Nullable Tensor norm;

  /** 1 if the step may use its gradients, else 0. */
  private final Tensor finite;

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
    Recorded objectives =
        objective.record(
            recorded.outputs(), inputs(tape, "targets", targets), tape.input("weights", weights));
    Map<String, Variable> metrics = new LinkedHashMap<>(objectives.metrics());
    Optional<Variable> penalty = recorded.penalties().stream().reduce(Variable::add);
    penalty.ifPresent(some -> metrics.put(Metrics.PENALTY, some));
    Variable small = penalty.map(objectives.loss()::add).orElse(objectives.loss());
    update = change.apply(recorded, small);
    List<Variable> results = new ArrayList<>(metrics.values());
    update.ifPresent(some -> results.addAll(List.of(some.norm(), some.finite())));
    program = tape.program(results, update.map(StepUpdate::updates).orElse(List.of()));
    names = List.copyOf(metrics.keySet());
    means = metrics.values().stream().map(this::value).toArray(Tensor[]::new);
    loss = value(objectives.loss());
    norm = update.map(some -> value(some.norm())).orElse(null);
    finite = update.map(some -> value(some.finite())).orElse(Tensor.scalar(1));
  }

  private Tensor value(Variable result) {
    return program.value(result.node());
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

  /** Says whether runs are measured from now on. */
  void measure(boolean measured) {
    program.measure(measured);
  }

  /** The listing of its program. */
  String explain() {
    return program.explain();
  }

  /** The loss of the last run, before what it changed. */
  double loss() {
    return loss.item();
  }

  /** Whether the gradients of the last run are finite; without gradients they are. */
  boolean isFinite() {
    return finite.item() == 1;
  }

  /**
   * Lets metrics take in the means of the last run, unless its gradients are not finite.
   *
   * @param last whether the batch is the last of its step, which uses the gradients
   */
  void report(Metrics metrics, boolean last) {
    if (!isFinite()) {
      metrics.leaveOut(batch, names);
    } else {
      metrics.add(batch, names, means);
    }
    if (norm != null && last) {
      if (isFinite()) {
        metrics.addGradientNorm(norm.item());
      } else {
        metrics.skipStep();
      }
    }
  }

  /** The exception that says what was wrong with the gradients of a run that changed nothing. */
  NonFiniteGradientException failure(long step) {
    return update.orElseThrow().failure(step);
  }
}
