package org.lanewise.nn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.lanewise.nn.Layers.dense;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.initializer.Initializer;
import org.lanewise.nn.loss.MeanSquaredError;
import org.lanewise.nn.network.Network;
import org.lanewise.nn.network.Parameters;
import org.lanewise.nn.optimizer.Optimizer;

/** One weight moves from 0 to 1, past the 0.5 that the validation examples would have it at. */
final class EarlyStoppingTest {
  private static final DataSet TRAINING =
      DataSet.of(Tensor.full(1, Shape.of(4, 1)), Tensor.full(1, Shape.of(4, 1)));
  private static final DataSet VALIDATION =
      DataSet.of(Tensor.full(1, Shape.of(2, 1)), Tensor.full(0.5f, Shape.of(2, 1)));

  private final List<EarlyStopping.Epoch> epochs = new ArrayList<>();
  private final Trainer trainer =
      Training.of(
              Network.of(1, dense(1).withoutBias().initializer(Initializer.constant(0))),
              new MeanSquaredError(),
              Optimizer.sgd(0.05))
          .onNonFinite(NonFinite.SKIP)
          .start();

  private EarlyStopping.Epoch train(EarlyStopping stopping, int mostEpochs) {
    return stopping.train(trainer, TRAINING, VALIDATION, mostEpochs, epochs::add);
  }

  private List<Double> losses() {
    return epochs.stream().map(epoch -> epoch.validation().loss()).toList();
  }

  @Test
  void stopsAfterItsPatienceAndPutsTheBestParametersBack() {
    EarlyStopping.Epoch best = train(EarlyStopping.onLoss(3), 100);

    assertThat(epochs).hasSize(best.number() + 3).element(best.number() - 1).isEqualTo(best);
    assertThat(losses()).allMatch(loss -> loss >= best.validation().loss());
    assertThat(best.number()).isGreaterThan(3);
    assertThat(trainer.evaluate(VALIDATION).loss()).isEqualTo(best.validation().loss());
    assertThat(losses().getLast()).isGreaterThan(best.validation().loss());
  }

  @Test
  void trainsAllEpochsWhileThereIsImprovement() {
    EarlyStopping.Epoch best = train(EarlyStopping.onLoss(1), 4);

    assertThat(epochs).hasSize(4);
    assertThat(best.number()).isEqualTo(4);
    assertThat(trainer.epochs()).isEqualTo(4);
    assertThat(losses()).isSortedAccordingTo((a, b) -> Double.compare(b, a));
  }

  @Test
  void smallImprovementsDoNotCount() {
    EarlyStopping.Epoch best = train(EarlyStopping.onLoss(2).leastImprovement(10), 100);

    assertThat(epochs).hasSize(3);
    assertThat(best.number()).isEqualTo(1);
    assertThat(trainer.evaluate(VALIDATION).loss()).isEqualTo(losses().getFirst());
  }

  @Test
  void largerMayBeBetter() {
    EarlyStopping.Epoch best = train(new EarlyStopping("loss", true, 1, 0), 100);

    assertThat(epochs).hasSize(2);
    assertThat(best.number()).isEqualTo(1);
  }

  @Test
  void aNumberIsBetterThanNone() {
    Parameters parameters = trainer.parameters();
    float[] weight = parameters.get("dense1/kernel").array();
    weight[0] = Float.NaN;
    EarlyStopping stopping = EarlyStopping.onLoss(5);
    EarlyStopping.Epoch best =
        stopping.train(
            trainer,
            TRAINING,
            VALIDATION,
            4,
            epoch -> {
              epochs.add(epoch);
              if (epoch.number() == 2) {
                weight[0] = 0;
              }
            });

    assertThat(losses().subList(0, 2)).containsOnly(Double.NaN);
    assertThat(best.number()).isEqualTo(4);
    assertThat(weight[0]).isPositive();
  }

  @Test
  void impossibleDescriptionsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EarlyStopping.onLoss(0))
        .withMessage("early_stopping: expected a patience of at least 1 epoch, was 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EarlyStopping.onAccuracy(1).leastImprovement(-1))
        .withMessage(
            "early_stopping: expected a least improvement of at least 0 and finite as a float, was"
                + " -1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> train(EarlyStopping.onLoss(1), 0))
        .withMessage("early_stopping: expected at least 1 epoch, was 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> train(EarlyStopping.onAccuracy(1), 5))
        .withMessageContaining("there is no accuracy");
  }
}
