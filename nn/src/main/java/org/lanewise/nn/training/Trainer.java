package org.lanewise.nn.training;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.lanewise.engine.operation.Draw;
import org.lanewise.engine.random.RandomStream;
import org.lanewise.nn.check.Checks;
import org.lanewise.nn.layer.Mode;
import org.lanewise.nn.network.Parameters;
import org.lanewise.nn.network.Predictor;

/**
 * Carries out a {@link Training}: changes parameters step by step, and remembers what the optimizer
 * remembers.
 *
 * <p>A step is recorded once for each batch size and then replayed. The same description, data and
 * seed give the same bits, whatever the lane width and the number of threads. Not safe for use by
 * several threads.
 */
public final class Trainer {
  private static final int EVALUATION_BATCH = 256;

  private final Training training;
  private final TrainingState state;
  private final Map<Integer, Step> trainingSteps = new HashMap<>();
  private final Map<Integer, Step> evaluationSteps = new HashMap<>();
  private double rate;
  private long steps;
  private int epochs;

  Trainer(Training training, Parameters parameters) {
    this.training = training;
    this.state = TrainingState.of(parameters);
    state.momentum().array()[0] = (float) training.optimizer().momentum();
    learningRate(training.optimizer().learningRate());
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
   * What the optimizer remembers, by slot and parameter, as in {@code m/dense1/kernel}.
   *
   * @return the state, itself and not a copy; empty before the first step
   */
  public Parameters optimizerState() {
    return state.optimizer();
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
   * The number of steps done, which dropout and noise draw by.
   *
   * @return the count
   */
  public long steps() {
    return steps;
  }

  /**
   * The learning rate of the next step.
   *
   * @return the learning rate
   */
  public double learningRate() {
    return rate;
  }

  /**
   * Sets the learning rate of the following steps.
   *
   * @param newRate the learning rate, above 0
   * @throws IllegalArgumentException if it is not finite and above 0
   */
  public void learningRate(double newRate) {
    Checks.positive("trainer", "a learning rate", newRate);
    rate = newRate;
    state.learningRate().array()[0] = (float) newRate;
  }

  /**
   * Trains on every example once, in an order shuffled from the seed and the number of epochs done.
   *
   * @param data the examples
   * @return the metrics of the batches, each as it was before its step
   * @throws IllegalArgumentException if the data do not fit the network and the loss
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
   */
  public Metrics epoch(DataSet data, Consumer<Metrics> afterBatch) {
    training.objective().requireFit(data);
    RandomStream stream = RandomStream.of(training.seed()).child("shuffle").child(epochs);
    int[] order = stream.permutation(data.size());
    Metrics metrics = new Metrics();
    int whole = training.batchSize();
    int start = 0;
    while (start < order.length) {
      int left = order.length - start;
      int batch = left == whole + 1 && whole > 1 ? left : Math.min(left, whole);
      Step step = trainingSteps.computeIfAbsent(batch, size -> step(size, Mode.TRAINING));
      Draw.count(state.step(), steps);
      step.run(data, order, start, metrics);
      steps++;
      afterBatch.accept(metrics);
      start += batch;
    }
    epochs++;
    return metrics;
  }

  /**
   * Measures the network on examples, without changing anything.
   *
   * @param data the examples
   * @return the metrics
   * @throws IllegalArgumentException if the data do not fit the network and the loss
   */
  public Metrics evaluate(DataSet data) {
    training.objective().requireFit(data);
    int[] order = IntStream.range(0, data.size()).toArray();
    Metrics metrics = new Metrics();
    for (int start = 0; start < order.length; start += EVALUATION_BATCH) {
      int batch = Math.min(EVALUATION_BATCH, order.length - start);
      Step step = evaluationSteps.computeIfAbsent(batch, size -> step(size, Mode.INFERENCE));
      step.run(data, order, start, metrics);
    }
    return metrics;
  }

  /**
   * A predictor that follows the parameters as they are trained.
   *
   * @return the predictor
   */
  public Predictor predictor() {
    return new Predictor(training.network(), state.parameters());
  }

  private Step step(int batch, Mode mode) {
    return new Step(training, state, batch, mode);
  }
}
