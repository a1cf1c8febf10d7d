package org.lanewise.nn.training;

import java.util.List;
import java.util.stream.IntStream;
import org.lanewise.nn.loss.Loss;
import org.lanewise.nn.network.Network;
import org.lanewise.nn.network.Parameters;

/**
 * Measures a network on examples, without changing anything. Not safe for use by several threads.
 */
public final class Evaluator {
  private static final int BATCH = 256;

  private final Objective objective;
  private final RecentSteps<Integer> steps;

  Evaluator(Objective objective, Parameters parameters) {
    this.objective = objective;
    steps = new RecentSteps<>(batch -> Step.evaluation(objective, parameters, batch));
  }

  /**
   * Measures a network by one loss and the metrics that are reported beside it.
   *
   * @param network the network, of one output
   * @param loss the loss
   * @param parameters the parameters, which are followed as they change
   * @return the evaluator
   * @throws IllegalArgumentException if the loss does not take what the network gives
   */
  public static Evaluator of(Network network, Loss loss, Parameters parameters) {
    return of(network, List.of(loss), parameters);
  }

  /**
   * Measures a network by the sum of a loss for each output and the metrics that are reported
   * beside them.
   *
   * @param network the network
   * @param losses a loss for each output
   * @param parameters the parameters, which are followed as they change
   * @return the evaluator
   * @throws IllegalArgumentException if the losses do not take what the network gives
   */
  public static Evaluator of(Network network, List<Loss> losses, Parameters parameters) {
    return new Evaluator(new Objective(network, losses, List.of()), parameters);
  }

  /**
   * Measures the network on examples.
   *
   * @param data the examples
   * @return the metrics
   * @throws IllegalArgumentException if the data do not fit the network and the loss
   */
  public Metrics evaluate(DataSet data) {
    objective.requireFit(data);
    int[] order = IntStream.range(0, data.size()).toArray();
    Metrics metrics = new Metrics();
    for (int start = 0; start < order.length; start += BATCH) {
      Step step = steps.get(Math.min(BATCH, order.length - start));
      step.run(data, order, start);
      step.report(metrics, false);
    }
    return metrics;
  }

  /** The network and the losses in one line. */
  @Override
  public String toString() {
    return "Evaluator of " + objective.network() + ": " + objective.losses();
  }
}
