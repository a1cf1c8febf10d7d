package org.lanewise.nn.training;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.lanewise.engine.operation.Draw;
import org.lanewise.engine.random.RandomStream;
import org.lanewise.nn.check.Checks;
import org.lanewise.nn.network.Parameters;
import org.lanewise.nn.prediction.Predictor;
import org.lanewise.nn.schedule.Progress;

/**
 * Carries out a {@link Training}: changes parameters step by step, and keeps the memory of the
 * optimizer.
 *
 * <p>A step is recorded once for each batch size and then replayed; those that were used last are
 * kept. The same description, data and seed give the same bits, whatever the lane width and the
 * number of threads. Not safe for use by several threads.
 */
public final class Trainer {
  private final Training training;
  private final TrainingState state;
  private final RecentSteps<Batch.Kind> recorded;
  private final Evaluator evaluator;
  private long steps;
  private int epochs;
  private List<Double> reports = List.of();

  /** The examples of the last single step, which are checked once. */
  private @Nullable DataSet stepped;

  private Batch whole = Batch.whole(1);
  private boolean measured;
  private int[] order = {};

  /** The learning rate that was set in the place of the optimizer's. */
  private OptionalDouble ownRate = OptionalDouble.empty();

  Trainer(Training training, Parameters parameters) {
    this(training, TrainingState.start(training, parameters));
  }

  /** Goes on from a checkpoint, which is not changed. */
  Trainer(Training training, Checkpoint checkpoint) {
    this(training, TrainingState.restore(training, checkpoint));
    Progress progress = checkpoint.progress();
    steps = progress.steps();
    epochs = progress.epochs();
    reports = progress.reports();
    checkpoint.learningRate().ifPresent(this::learningRate);
  }

  private Trainer(Training training, TrainingState state) {
    this.training = training;
    this.state = state;
    recorded =
        new RecentSteps<>(
            kind -> {
              Step step = Step.training(training, state, kind.size(), kind.last());
              step.measure(measured);
              return step;
            });
    evaluator = new Evaluator(training.objective(), state.average());
  }

  /**
   * The parameters that are trained.
   *
   * @return the parameters, themselves and not a copy
   */
  public Parameters parameters() {
    return state.parameters();
  }

  /**
   * The parameters that evaluation and prediction use: with averaging, the moving averages of the
   * parameters and statistics that training changes and the others themselves; without, {@link
   * #parameters()}.
   *
   * @return the parameters, themselves and not a copy
   */
  public Parameters average() {
    return state.average();
  }

  /**
   * The memory of the optimizer, by slot and parameter, as in {@code m/dense1/kernel}.
   *
   * @return the state, itself and not a copy
   */
  public Parameters optimizerState() {
    return state.optimizer();
  }

  /**
   * The state of the training, as copies: {@link Training#resume} goes on from there.
   *
   * @return the checkpoint
   */
  public Checkpoint checkpoint() {
    return new Checkpoint(
        state.parameters().copy(),
        state.averagesAlone().copy(),
        state.optimizer().copy(),
        progress(),
        ownRate);
  }

  /**
   * How far training has come, which schedules depend on.
   *
   * @return the steps and epochs done, and what was reported
   */
  public Progress progress() {
    return new Progress(steps, epochs, reports);
  }

  /**
   * The number of epochs done.
   *
   * @return the count
   */
  public int epochs() {
    return epochs;
  }

  /**
   * The number of steps done, those skipped included.
   *
   * @return the count
   */
  public long steps() {
    return steps;
  }

  /**
   * Reports a number that a {@link org.lanewise.nn.schedule.Schedule#performance} schedule watches,
   * such as the validation loss after an epoch.
   *
   * @param number the number, the lower the better
   */
  public void report(double number) {
    reports = progress().report(number).reports();
  }

  /**
   * The learning rate of the next step, as the schedule makes it.
   *
   * @return the learning rate
   */
  public double learningRate() {
    return learningRate(progress());
  }

  /**
   * Sets the learning rate that the schedule starts from, in the place of the optimizer's. It is
   * part of every later {@link #checkpoint}.
   *
   * @param newRate the learning rate, above 0
   * @throws IllegalArgumentException if it is not finite and above 0
   */
  public void learningRate(double newRate) {
    Checks.positive("trainer", "a learning rate", newRate);
    ownRate = OptionalDouble.of(newRate);
  }

  /**
   * The momentum of the next step, as the schedule makes it.
   *
   * @return the momentum, 0 for an optimizer without
   */
  public double momentum() {
    return training.momentum(progress());
  }

  private double learningRate(Progress now) {
    double baseRate = ownRate.orElse(training.optimizer().learningRate());
    double factor = training.schedule().at(now);
    if (!(factor >= 0) || !Float.isFinite((float) (baseRate * factor))) {
      throw new IllegalArgumentException(
          "schedule: expected a factor at least 0 and finite at step " + steps + ", was " + factor);
    }
    return baseRate * factor;
  }

  /**
   * Trains on every example once, in an order shuffled from the seed and the number of epochs done.
   *
   * @param data the examples
   * @return the metrics of the batches, each as it was before its step
   * @throws IllegalArgumentException if the data do not fit the network and the loss
   * @throws NonFiniteGradientException if a gradient is not finite and such steps are to fail
   */
  public Metrics epoch(DataSet data) {
    return epoch(data, metrics -> {});
  }

  /**
   * Trains on every example once, in an order shuffled from the seed and the number of epochs done.
   *
   * <p>If one example is left over after the last whole batch, it joins that batch: alone it would
   * have no variance for batch normalization to divide by.
   *
   * @param data the examples
   * @param afterBatch is told the metrics so far after every batch
   * @return the metrics of the batches, each as it was before its step
   * @throws IllegalArgumentException if the data do not fit the network and the loss
   * @throws NonFiniteGradientException if a gradient is not finite and such steps are to fail
   */
  public Metrics epoch(DataSet data, Consumer<Metrics> afterBatch) {
    return epochWhile(
        data,
        metrics -> {
          afterBatch.accept(metrics);
          return true;
        });
  }

  /**
   * Trains for several epochs, each as {@link #epoch} does, and reports to schedules that watch it
   * the loss of the validation examples, or of the batches if there are none; with early stopping
   * its metric.
   *
   * @param data the examples
   * @param fit how long, what it is measured on, who is told
   * @return the metrics by epoch and by batch
   * @throws IllegalArgumentException if the data do not fit the network and the loss, or early
   *     stopping has no validation examples or no such metric
   * @throws NonFiniteGradientException if a gradient is not finite and such steps are to fail
   */
  public History fit(DataSet data, Fit fit) {
    return fit.train(this, data, training.seed());
  }

  /** An epoch that ends early when it is told to after a batch. */
  Metrics epochWhile(DataSet data, Predicate<Metrics> afterBatch) {
    training.objective().requireFit(data);
    state.forgetGathered();
    RandomStream stream = RandomStream.of(training.seed()).child("shuffle").child(epochs);
    int[] shuffled = stream.permutation(data.size());
    Metrics metrics = new Metrics();
    for (Batch batch : Batch.plan(data.size(), training.batchSize(), training.accumulation())) {
      Step step = run(data, shuffled, batch);
      step.report(metrics, batch.kind().last());
      if (!afterBatch.test(metrics)) {
        return metrics;
      }
    }
    epochs++;
    return metrics;
  }

  /**
   * Makes one step on examples as one batch, in the order they have, as for data that arrive while
   * training goes on: whatever the batch size and the accumulation of the training, and within no
   * epoch. Once the step is recorded, and everything compiled, it allocates nothing. Examples are
   * checked when their data set is another than that of the step before. When tensors of the same
   * data set are overwritten, the new elements are not checked and have to fit, labels above all.
   *
   * @param data the examples
   * @return the loss before the step
   * @throws IllegalArgumentException if the data do not fit the network and the loss
   * @throws NonFiniteGradientException if a gradient is not finite and such steps are to fail; if
   *     they are skipped the step changes nothing
   */
  public double step(DataSet data) {
    if (data != stepped) {
      training.objective().requireFit(data);
      whole = Batch.whole(data.size());
      order = IntStream.range(0, data.size()).toArray();
      stepped = data;
    }
    if (training.accumulation() > 1) {
      state.forgetGathered();
    }
    return run(data, order, whole).loss();
  }

  /** One less the decay of averages, which is small at first. */
  private double averageShare() {
    return 1 - Math.min(training.averaging().orElse(1), (1.0 + steps) / (10.0 + steps));
  }

  private Step run(DataSet data, int[] order, Batch batch) {
    Progress now = progress();
    state.learningRate().array()[0] = (float) learningRate(now);
    state.momentum().array()[0] = (float) training.momentum(now);
    state.averageShare().array()[0] = (float) averageShare();
    state.share().array()[0] = (float) batch.share();
    Draw.count(state.draw(), steps * training.accumulation() + batch.place());
    Step step = recorded.get(batch.kind());
    step.run(data, order, batch.start());
    if (!step.isFinite() && training.nonFinite() == NonFinite.FAIL) {
      throw step.failure(steps);
    }
    if (batch.kind().last()) {
      steps++;
    }
    return step;
  }

  /**
   * Measures the network on examples, without changing anything; with averaging, by the averages.
   *
   * @param data the examples
   * @return the metrics
   * @throws IllegalArgumentException if the data do not fit the network and the loss
   */
  public Metrics evaluate(DataSet data) {
    return evaluator.evaluate(data);
  }

  /**
   * Says whether the steps from now on are measured: then {@link #explain} tells where their time
   * goes. What was measured before is forgotten.
   *
   * @param measured whether to take the time of each part of a step, which costs some microseconds
   */
  public void measure(boolean measured) {
    this.measured = measured;
    recorded.kept().forEach(step -> step.measure(measured));
  }

  /**
   * The program of the steps of the last batch size, as a listing for people: what each part
   * computes, reads and stores, whether it runs on vectors yet, its floating-point operations and
   * bytes, and how long it took if steps were measured.
   *
   * @return several lines; none before the first step
   */
  public String explain() {
    return recorded.kept().stream().reduce((first, last) -> last).map(Step::explain).orElse("");
  }

  /**
   * A predictor by the parameters as they are now, which training on leaves as it is; with
   * averaging, by their averages.
   *
   * @return the predictor
   */
  public Predictor predictor() {
    return new Predictor(training.network(), state.average());
  }

  /** How far which training has come, in one line. */
  @Override
  public String toString() {
    return "Trainer after " + epochs + " epochs and " + steps + " steps: " + training;
  }
}
