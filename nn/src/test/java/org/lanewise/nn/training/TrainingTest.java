package org.lanewise.nn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.lanewise.nn.Layers.dense;
import static org.lanewise.nn.Layers.identity;
import static org.lanewise.nn.Layers.logistic;
import static org.lanewise.nn.Layers.sequence;
import static org.lanewise.nn.Layers.softmax;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.clip.GradientClipping;
import org.lanewise.nn.loss.BinaryCrossEntropy;
import org.lanewise.nn.loss.MeanSquaredError;
import org.lanewise.nn.loss.SoftmaxCrossEntropy;
import org.lanewise.nn.network.Network;
import org.lanewise.nn.network.Parameters;
import org.lanewise.nn.optimizer.Optimizer;
import org.lanewise.nn.schedule.Schedule;

final class TrainingTest {
  private final Network network = Network.of(2, dense(3));
  private final Training training =
      Training.of(network, new SoftmaxCrossEntropy(), Optimizer.sgd(0.1));

  @Test
  void hasTheUsualChoices() {
    assertThat(training.clipping()).isEqualTo(GradientClipping.none());
    assertThat(training.schedule()).isEqualTo(Schedule.constant(1));
    assertThat(training.nonFinite()).isEqualTo(NonFinite.FAIL);
    assertThat(training.averaging()).isEmpty();
    assertThat(training.accumulation()).isEqualTo(1);
    assertThat(training.batchSize()).isEqualTo(32);
    assertThat(training.seed()).isZero();
  }

  @Test
  void changesOneThingAtATime() {
    GradientClipping clipping = GradientClipping.byNorm(1);
    Schedule schedule = Schedule.warmup(5);
    Training changed =
        training
            .clip(clipping)
            .schedule(schedule)
            .onNonFinite(NonFinite.SKIP)
            .average(0.9)
            .batchSize(7)
            .accumulate(3)
            .seed(9);
    assertThat(changed.network()).isSameAs(network);
    assertThat(changed.losses()).containsExactly(new SoftmaxCrossEntropy());
    assertThat(changed.optimizer()).isEqualTo(Optimizer.sgd(0.1));
    assertThat(changed.clipping()).isEqualTo(clipping);
    assertThat(changed.schedule()).isEqualTo(schedule);
    assertThat(changed.nonFinite()).isEqualTo(NonFinite.SKIP);
    assertThat(changed.averaging()).hasValue(0.9);
    assertThat(changed.batchSize()).isEqualTo(7);
    assertThat(changed.accumulation()).isEqualTo(3);
    assertThat(changed.seed()).isEqualTo(9);
    hasTheUsualChoices();
  }

  @Test
  void startsFromItsSeedOrFromGivenParameters() {
    assertThat(training.seed(4).start().parameters().sameElements(network.initialize(4))).isTrue();
    Parameters given = network.initialize(5);
    Trainer trainer = training.start(given);
    assertThat(trainer.parameters()).isSameAs(given);
    assertThat(trainer.optimizerState().names()).isEmpty();
    assertThat(trainer.epochs()).isZero();
    assertThat(trainer.learningRate()).isEqualTo(0.1);
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> training.batchSize(0))
        .withMessage("training: expected batches of at least one example, was 0");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Training.of(Network.of(2, dense(1)), new SoftmaxCrossEntropy(), Optimizer.sgd(0.1)))
        .withMessage(
            "softmax_cross_entropy: expected outputs that are vectors of at least 2 classes, was"
                + " shape [1]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> training.start(new Parameters()))
        .withMessage("parameters: there is no dense1/kernel, expected one of []");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Training.of(
                    Network.of(2, dense(3), softmax().named("classes")),
                    new SoftmaxCrossEntropy().weighted(2),
                    Optimizer.sgd(0.1)))
        .withMessage(
            "training: expected outputs before a softmax, which the loss applies itself, was the"
                + " output classes after one");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Training.of(
                    Network.of(2, dense(1), logistic()),
                    new BinaryCrossEntropy(),
                    Optimizer.sgd(0.1)))
        .withMessage(
            "training: expected outputs before a logistic, which the loss applies itself, was the"
                + " output logistic1 after one");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Training.of(
                    Network.of(2, sequence(dense(3), softmax()).named("classes"), identity()),
                    new SoftmaxCrossEntropy(),
                    Optimizer.sgd(0.1)))
        .withMessage(
            "training: expected outputs before a softmax, which the loss applies itself, was the"
                + " output identity1 after one");
    assertThat(
            Training.of(Network.of(2, dense(1)), new MeanSquaredError(), Optimizer.sgd(0.1))
                .losses())
        .containsExactly(new MeanSquaredError());
  }

  /** A rule that the library does not have: gradients are centered to a mean of 0. */
  private record Centered() implements GradientClipping {
    @Override
    public List<Variable> clip(List<Variable> parameters, List<Variable> gradients) {
      return gradients.stream().map(gradient -> gradient.subtract(gradient.mean())).toList();
    }
  }

  @Test
  void takesAClippingOfOnesOwn() {
    Network network = Network.of(2, dense(1).withoutBias());
    Trainer trainer =
        Training.of(network, new MeanSquaredError(), Optimizer.sgd(0.5))
            .clip(new Centered())
            .start();
    float[] weights = trainer.parameters().get("dense1/kernel").array();
    Arrays.fill(weights, 1);
    // The output is 4, so that the gradient is 8 · (1, 3), and (−8, 8) without its mean.
    Metrics metrics =
        trainer.epoch(DataSet.of(Tensor.of(new float[] {1, 3}, 1, 2), Tensor.zeros(1, 1)));
    assertThat(weights).containsExactly(5, -3);
    assertThat(metrics.gradientNorm()).isCloseTo(8 * Math.sqrt(10), within(1e-5));
  }

  @Test
  void refusesAClippingThatGivesOtherShapes() {
    GradientClipping sums =
        (parameters, gradients) -> gradients.stream().map(gradient -> gradient.sum()).toList();
    Trainer trainer =
        Training.of(
                Network.of(2, dense(1).withoutBias()), new MeanSquaredError(), Optimizer.sgd(0.5))
            .clip(sums)
            .start();
    DataSet data = DataSet.of(Tensor.zeros(1, 2), Tensor.zeros(1, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.epoch(data))
        .withMessageStartingWith(
            "training: expected clipped gradients of the shapes [[2, 1]], was [[]] of ");
  }
}
