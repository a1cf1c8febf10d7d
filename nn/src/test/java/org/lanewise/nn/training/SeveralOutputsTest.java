package org.lanewise.nn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.lanewise.nn.Layers.dense;
import static org.lanewise.nn.Layers.tanh;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.Samples;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.loss.Loss;
import org.lanewise.nn.loss.MeanSquaredError;
import org.lanewise.nn.loss.Metric;
import org.lanewise.nn.loss.SoftmaxCrossEntropy;
import org.lanewise.nn.network.Flow;
import org.lanewise.nn.network.Network;
import org.lanewise.nn.optimizer.Optimizer;

final class SeveralOutputsTest {
  private final Flow a = Flow.input("a", 2);
  private final Flow b = Flow.input("b", 3);
  private final Flow hidden = Flow.concatenate(a, b).then(dense(8), tanh());
  private final Network network =
      Network.of(
          List.of(a, b),
          List.of(hidden.then(dense(1).named("sum")), hidden.then(dense(2).named("sign"))));
  private final Training training =
      Training.of(
              network,
              List.of(new MeanSquaredError().weighted(0.5), new SoftmaxCrossEntropy()),
              Optimizer.adam(0.02))
          .batchSize(16);

  /** Learns a₀ + b₀ and whether a₁ is above 0. */
  private static DataSet data(int examples) {
    Tensor a = Samples.normal(1, examples, 2);
    Tensor b = Samples.normal(2, examples, 3);
    Tensor sums = Tensor.zeros(examples, 1);
    Tensor signs = Tensor.zeros(examples);
    for (int i = 0; i < examples; i++) {
      sums.array()[i] = a.get(i, 0) + b.get(i, 0);
      signs.array()[i] = a.get(i, 1) > 0 ? 1 : 0;
    }
    return DataSet.of(List.of(a, b), List.of(sums, signs));
  }

  @Test
  void learnsAllOutputsFromAllInputs() {
    DataSet data = data(200);
    Trainer trainer = training.start();
    Metrics before = trainer.evaluate(data);
    for (int epoch = 0; epoch < 30; epoch++) {
      trainer.epoch(data);
    }
    Metrics after = trainer.evaluate(data);
    assertThat(after.names()).containsExactly("loss", "loss/sum", "loss/sign", "accuracy/sign");
    assertThat(after.get("loss/sum")).isLessThan(before.get("loss/sum") / 5);
    assertThat(after.get("accuracy/sign")).isGreaterThan(0.95);
    assertThat(after.loss())
        .isCloseTo(after.get("loss/sum") + after.get("loss/sign"), within(1e-6));
  }

  @Test
  void aWeightMultipliesALoss() {
    DataSet data = data(20);
    double half = training.start().evaluate(data).get("loss/sum");
    double whole =
        Training.of(
                network,
                List.of(new MeanSquaredError(), new SoftmaxCrossEntropy()),
                Optimizer.sgd(1))
            .start()
            .evaluate(data)
            .get("loss/sum");
    assertThat(half).isCloseTo(whole / 2, within(1e-6 * whole));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MeanSquaredError().weighted(0))
        .withMessage("loss: expected a weight above 0 and finite as a float, was 0.0");
  }

  @Test
  void slicesHaveAllInputsAndTargets() {
    DataSet slice = data(10).slice(3, 5);
    assertThat(slice.inputShapes()).containsExactly(Shape.of(2), Shape.of(3));
    assertThat(slice.targetShapes()).containsExactly(Shape.of(1), Shape.SCALAR);
    assertThat(slice.inputs(1).get(1, 2)).isEqualTo(data(10).inputs(1).get(4, 2));
    assertThat(slice.targets(0).shape()).isEqualTo(Shape.of(2, 1));
  }

  @Test
  void theOutputsOfASharedLayerHaveNumbers() {
    Flow left = Flow.input("left", 2);
    Flow right = Flow.input("right", 2);
    Layer tower = dense(1).named("tower");
    Network twins = Network.of(List.of(left, right), List.of(left.then(tower), right.then(tower)));
    Training described =
        Training.of(
            twins, List.of(new MeanSquaredError(), new MeanSquaredError()), Optimizer.sgd(0.1));
    Metric metric = Loss.meanAbsoluteError();
    DataSet data =
        DataSet.of(
            List.of(Tensor.zeros(3, 2), Tensor.zeros(3, 2)),
            List.of(Tensor.zeros(3, 1), Tensor.full(2, Shape.of(3, 1))));
    Metrics metrics = described.metrics("tower_2", metric).start().evaluate(data);
    assertThat(metrics.get("loss/tower_1")).isZero();
    assertThat(metrics.get("loss/tower_2")).isEqualTo(4);
    assertThat(metrics.get("mean_absolute_error/tower_2")).isEqualTo(2);
    assertThat(
            described
                .metrics("tower_1", metric)
                .start()
                .evaluate(data)
                .get("mean_absolute_error/tower_1"))
        .isZero();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> described.metrics("tower", metric))
        .withMessage("training: expected one of the outputs [tower_1, tower_2], was tower");
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Trainer trainer = training.start();
    DataSet data = data(4);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Training.of(network, new MeanSquaredError(), Optimizer.sgd(1)))
        .withMessage("training: expected a loss for each of 2 outputs, was 1");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                trainer.epoch(
                    DataSet.of(
                        List.of(data.inputs(1), data.inputs(0)),
                        List.of(data.targets(0), data.targets(1)))))
        .withMessage("trainer: expected examples of shape [[2], [3]], was [[3], [2]]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.epoch(DataSet.of(Tensor.zeros(4, 2), Tensor.zeros(4, 1))))
        .withMessage("trainer: expected examples of shape [[2], [3]], was [2]");
    assertThatIllegalArgumentException()
        .isThrownBy(data::inputs)
        .withMessage("data set: expected one input, was 2; ask for each by its number");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DataSet.of(List.of(), List.of()))
        .withMessage("data set: expected at least one input, was none");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DataSet.of(List.of(Tensor.zeros(4, 2)), List.of()))
        .withMessage("data set: expected at least one target, was none");
    Tensor targets = Tensor.zeros(4);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> DataSet.of(List.of(Tensor.zeros(4, 2), Tensor.zeros(3, 2)), List.of(targets)))
        .withMessage("data set: expected an input for each of 4 examples, was shape [3, 2]");
  }
}
