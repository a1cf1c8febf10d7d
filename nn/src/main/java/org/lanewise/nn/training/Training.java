package org.lanewise.nn.training;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.lanewise.nn.check.Checks;
import org.lanewise.nn.clip.GradientClipping;
import org.lanewise.nn.layer.Parameter;
import org.lanewise.nn.loss.Loss;
import org.lanewise.nn.loss.Metric;
import org.lanewise.nn.network.Network;
import org.lanewise.nn.network.Parameters;
import org.lanewise.nn.optimizer.Optimizer;
import org.lanewise.nn.schedule.Progress;
import org.lanewise.nn.schedule.Schedule;
import org.lanewise.nn.training.Objective.Reported;

/**
 * How a network is trained, described. A description never changes: each method that names a choice
 * gives a new one.
 */
public final class Training {
  private final Network network;
  private final List<Loss> losses;
  private final Optimizer optimizer;
  // Changed in copies only, before anyone else sees them.
  private GradientClipping clipping = GradientClipping.none();
  private Schedule schedule = Schedule.constant(1);
  private List<Reported> reported = List.of();
  private List<ParameterGroup> groups = List.of();
  private NonFinite nonFinite = NonFinite.FAIL;
  private OptionalDouble averaging = OptionalDouble.empty();
  private int batchSize = 32;
  private int accumulation = 1;
  private long seed;

  private Training(Network network, List<Loss> losses, Optimizer optimizer) {
    this.network = network;
    this.losses = List.copyOf(losses);
    this.optimizer = optimizer;
    objective().targetShapes();
  }

  private Training with(Consumer<Training> change) {
    Training copy = new Training(network, losses, optimizer);
    copy.clipping = clipping;
    copy.schedule = schedule;
    copy.reported = reported;
    copy.groups = groups;
    copy.nonFinite = nonFinite;
    copy.averaging = averaging;
    copy.batchSize = batchSize;
    copy.accumulation = accumulation;
    copy.seed = seed;
    change.accept(copy);
    return copy;
  }

  /**
   * Training at the optimizer's learning rate, without clipping, in batches of 32, shuffled from
   * seed 0.
   *
   * @param network the network
   * @param loss the loss, which training minimizes
   * @param optimizer how parameters follow their gradients
   * @return the description
   * @throws IllegalArgumentException if the loss does not take what the network gives
   */
  public static Training of(Network network, Loss loss, Optimizer optimizer) {
    return of(network, List.of(loss), optimizer);
  }

  /**
   * Training of several outputs, otherwise as of one.
   *
   * @param network the network
   * @param losses a loss for each output; their sum is made small
   * @param optimizer how parameters follow their gradients
   * @return the description
   * @throws IllegalArgumentException if there is not a loss for each output or it does not take
   *     what the network gives
   */
  public static Training of(Network network, List<Loss> losses, Optimizer optimizer) {
    return new Training(network, losses, optimizer);
  }

  /**
   * The same with more metrics reported beside the loss, in training and in evaluation.
   *
   * @param metrics metrics of the one output, beside the companions of the loss and those named
   *     before
   * @return the description
   * @throws IllegalArgumentException if the network has several outputs, or a metric does not take
   *     the targets of the loss or is named loss, penalty or gradient_norm
   */
  public Training metrics(Metric... metrics) {
    if (losses.size() != 1) {
      throw new IllegalArgumentException(
          "training: expected the name of one of the outputs "
              + Objective.outputNames(network)
              + " before its metrics");
    }
    return metrics(network.outputNames().getFirst(), metrics);
  }

  /**
   * The same with more metrics of one of several outputs reported.
   *
   * @param output the name of the layer that gives the output; if a shared layer gives several,
   *     with the number of the output from 1, as in {@code tower_2}
   * @param metrics metrics of it
   * @return the description
   * @throws IllegalArgumentException if there is no such output, or a metric does not take its
   *     targets or is named loss, penalty or gradient_norm
   */
  public Training metrics(String output, Metric... metrics) {
    List<String> outputs = Objective.outputNames(network);
    int index = outputs.indexOf(output);
    if (index < 0) {
      throw new IllegalArgumentException(
          "training: expected one of the outputs " + outputs + ", was " + output);
    }
    List<Reported> more = new ArrayList<>(reported);
    for (Metric metric : metrics) {
      more.add(new Reported(index, metric));
    }
    Training described = with(copy -> copy.reported = List.copyOf(more));
    described.objective();
    return described;
  }

  /**
   * The same with gradients held within bounds before the optimizer sees them.
   *
   * @param newClipping how
   * @return the description
   */
  public Training clip(GradientClipping newClipping) {
    return with(copy -> copy.clipping = newClipping);
  }

  /**
   * The same with a learning rate, and possibly a momentum, that change.
   *
   * @param newSchedule the factor of the optimizer's learning rate
   * @return the description
   * @throws IllegalArgumentException if it schedules the momentum of an optimizer without, or one
   *     that is not from 0 to below 1; if it does so later, training fails then
   */
  public Training schedule(Schedule newSchedule) {
    Training scheduled = with(copy -> copy.schedule = newSchedule);
    scheduled.momentum(Progress.START);
    return scheduled;
  }

  /**
   * The same with some parameters at another rate or without weight decay.
   *
   * @param group the parameters with their factors, beside groups named before
   * @return the description
   * @throws IllegalArgumentException if no parameter that is trained is in the group
   */
  public Training group(ParameterGroup group) {
    List<Parameter> trained = network.parameters().stream().filter(Parameter::trainable).toList();
    if (trained.stream().noneMatch(group.members())) {
      throw new IllegalArgumentException(
          "parameter group: expected "
              + group.description()
              + " to be some of "
              + trained.stream().map(Parameter::name).toList());
    }
    List<ParameterGroup> more = new ArrayList<>(groups);
    more.add(group);
    return with(copy -> copy.groups = List.copyOf(more));
  }

  /**
   * The same with steps whose gradients are not finite skipped or failing.
   *
   * @param newNonFinite how they are treated; without this choice they fail
   * @return the description
   */
  public Training onNonFinite(NonFinite newNonFinite) {
    return with(copy -> copy.nonFinite = newNonFinite);
  }

  /**
   * The same with moving averages of all that training changes, by which evaluation and prediction
   * go: average ← average + (1 − d) · (parameter − average) after every step, where d is the decay,
   * but at most (1 + n) / (10 + n) after n steps, so that the initial parameters are soon
   * forgotten.
   *
   * <p>The statistics of batch normalization are averaged like the parameters, so that they belong
   * to the same past. Those of the averaged parameters themselves are gathered by training a copy
   * without moving its parameters, for about 1 / (1 − momentum) steps or more:
   *
   * {@snippet :
   * Parameters average = trainer.average().copy();
   * training.schedule(Schedule.constant(0)).start(average).epoch(data);
   * }
   *
   * <p>Source: Polyak and Juditsky, <i>Acceleration of stochastic approximation by averaging</i>,
   * 1992, with weights that fade; the start as in TensorFlow's {@code ExponentialMovingAverage}.
   *
   * @param decay the share of the past, from 0 to below 1; 0.999 is usual
   * @return the description
   * @throws IllegalArgumentException if the decay is out of its range
   */
  public Training average(double decay) {
    Checks.decay("training", "a decay of averages", decay);
    return with(copy -> copy.averaging = OptionalDouble.of(decay));
  }

  /**
   * The same with batches of another size.
   *
   * @param newBatchSize the number of examples of a batch, at least 1
   * @return the description
   * @throws IllegalArgumentException if the batch is empty
   */
  public Training batchSize(int newBatchSize) {
    if (newBatchSize < 1) {
      throw new IllegalArgumentException(
          "training: expected batches of at least one example, was " + newBatchSize);
    }
    return with(copy -> copy.batchSize = newBatchSize);
  }

  /**
   * The same with steps that take the gradients of several batches together, each by its share of
   * the examples, as if they were one batch, but that batch normalization takes its statistics from
   * each batch by itself. The last step of an epoch may take fewer.
   *
   * @param batches the number of batches of a step, at least 1
   * @return the description
   * @throws IllegalArgumentException if there are none
   */
  public Training accumulate(int batches) {
    if (batches < 1) {
      throw new IllegalArgumentException(
          "training: expected steps of at least one batch, was " + batches);
    }
    return with(copy -> copy.accumulation = batches);
  }

  /**
   * The same with batches shuffled from another seed.
   *
   * @param newSeed the seed
   * @return the description
   */
  public Training seed(long newSeed) {
    return with(copy -> copy.seed = newSeed);
  }

  /**
   * The network.
   *
   * @return the network
   */
  public Network network() {
    return network;
  }

  /**
   * The losses, whose sum training minimizes.
   *
   * @return a loss for each output
   */
  public List<Loss> losses() {
    return losses;
  }

  /**
   * How parameters follow their gradients.
   *
   * @return the optimizer
   */
  public Optimizer optimizer() {
    return optimizer;
  }

  /**
   * How gradients are held within bounds.
   *
   * @return the clipping
   */
  public GradientClipping clipping() {
    return clipping;
  }

  /**
   * The factor of the learning rate.
   *
   * @return the schedule
   */
  public Schedule schedule() {
    return schedule;
  }

  /**
   * How steps whose gradients are not finite are treated.
   *
   * @return whether they fail or are skipped
   */
  public NonFinite nonFinite() {
    return nonFinite;
  }

  /**
   * The share of the past in moving averages of the parameters.
   *
   * @return the decay, empty if there are no averages
   */
  public OptionalDouble averaging() {
    return averaging;
  }

  /**
   * The number of examples of a batch.
   *
   * @return the size, at least 1
   */
  public int batchSize() {
    return batchSize;
  }

  /**
   * The number of batches of a step.
   *
   * @return the count, at least 1
   */
  public int accumulation() {
    return accumulation;
  }

  /**
   * The seed that batches are shuffled from.
   *
   * @return the seed
   */
  public long seed() {
    return seed;
  }

  /** The momentum of the next step: what the schedule makes it, or else the optimizer's own. */
  double momentum(Progress progress) {
    OptionalDouble scheduled = schedule.momentum(progress);
    if (scheduled.isPresent() && optimizer.momentum() == 0) {
      throw new IllegalArgumentException(
          "training: expected an optimizer with momentum for a schedule of momentum, was "
              + optimizer);
    }
    scheduled.ifPresent(value -> Checks.decay("schedule", "a momentum", value));
    return scheduled.orElse(optimizer.momentum());
  }

  Objective objective() {
    return new Objective(network, losses, reported);
  }

  /** The product of all groups that a parameter is in. */
  ParameterGroup factors(Parameter parameter) {
    double rate = 1;
    double decay = 1;
    for (ParameterGroup group : groups) {
      if (group.members().test(parameter)) {
        rate *= group.rateFactor();
        decay *= group.decayFactor();
      }
    }
    return new ParameterGroup(parameter.name(), parameter::equals, rate, decay);
  }

  /**
   * Gets ready to train parameters, which will change in place.
   *
   * @param parameters the parameters of the network
   * @return the trainer
   * @throws IllegalArgumentException if one is missing or has another shape
   */
  public Trainer start(Parameters parameters) {
    return new Trainer(this, parameters);
  }

  /**
   * Gets ready to train parameters drawn from the seed.
   *
   * @return the trainer
   */
  public Trainer start() {
    return start(network.initialize(seed));
  }

  /**
   * Gets ready to go on from a checkpoint, in copies of what it holds. Every number is that of this
   * training, which may differ from that of the one before: the optimizer's learning rate, βs and
   * decay, the schedule, groups, clipping, batch size, seed. The state is the checkpoint's:
   * parameters, averages, the optimizer's memory, steps, epochs and reports, by which the schedule
   * goes on, and a learning rate that was {@link Trainer#learningRate(double) set} on the trainer.
   *
   * @param checkpoint the state of a trainer of the same network and optimizer
   * @return the trainer
   * @throws IllegalArgumentException if it is of another network, optimizer or averaging
   */
  public Trainer resume(Checkpoint checkpoint) {
    return new Trainer(this, checkpoint);
  }

  /** Network, losses and optimizer in one line. */
  @Override
  public String toString() {
    return "Training of "
        + network
        + ": "
        + losses
        + ", "
        + optimizer
        + ", batches of "
        + batchSize
        + ", seed "
        + seed;
  }
}
