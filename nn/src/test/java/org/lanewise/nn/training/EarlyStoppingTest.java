package org.lanewise.nn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.lanewise.nn.Layers.dense;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
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

  private final List<History.Epoch> epochs = new ArrayList<>();
  private final Trainer trainer =
      Training.of(
              Network.of(1, dense(1).withoutBias().initializer(Initializer.constant(0))),
              new MeanSquaredError(),
              Optimizer.sgd(0.05))
          .onNonFinite(NonFinite.SKIP)
          .start();

  private History.Epoch train(EarlyStopping stopping, int mostEpochs) {
    return train(stopping, mostEpochs, epoch -> {});
  }

  private History.Epoch train(
      EarlyStopping stopping, int mostEpochs, Consumer<History.Epoch> afterEpoch) {
    FitListener listener =
        new FitListener() {
          @Override
          public void epochEnds(History.Epoch epoch) {
            epochs.add(epoch);
            afterEpoch.accept(epoch);
          }
        };
    Fit fit = Fit.epochs(mostEpochs).validation(VALIDATION);
    return trainer.fit(TRAINING, fit.earlyStopping(stopping).listener(listener)).chosen();
  }

  private static double loss(History.Epoch epoch) {
    return epoch.validation().orElseThrow().loss();
  }

  private List<Double> losses() {
    return epochs.stream().map(EarlyStoppingTest::loss).toList();
  }

  @Test
  void stopsAfterItsPatienceAndPutsTheBestParametersBack() {
    History.Epoch best = train(EarlyStopping.onLoss(3), 100);

    assertThat(epochs).hasSize(best.number() + 3).element(best.number() - 1).isEqualTo(best);
    assertThat(losses()).allMatch(loss -> loss >= loss(best));
    assertThat(best.number()).isGreaterThan(3);
    assertThat(trainer.evaluate(VALIDATION).loss()).isEqualTo(loss(best));
    assertThat(losses().getLast()).isGreaterThan(loss(best));
  }

  @Test
  void trainsAllEpochsWhileThereIsImprovement() {
    History.Epoch best = train(EarlyStopping.onLoss(1), 4);

    assertThat(epochs).hasSize(4);
    assertThat(best.number()).isEqualTo(4);
    assertThat(trainer.epochs()).isEqualTo(4);
    assertThat(losses()).isSortedAccordingTo((a, b) -> Double.compare(b, a));
  }

  @Test
  void smallImprovementsDoNotCount() {
    History.Epoch best = train(EarlyStopping.onLoss(2).leastImprovement(10), 100);

    assertThat(epochs).hasSize(3);
    assertThat(best.number()).isEqualTo(1);
    assertThat(trainer.evaluate(VALIDATION).loss()).isEqualTo(losses().getFirst());
  }

  @Test
  void largerMayBeBetter() {
    History.Epoch best = train(new EarlyStopping("loss", true, 1, 0), 100);

    assertThat(epochs).hasSize(2);
    assertThat(best.number()).isEqualTo(1);
  }

  @Test
  void aNumberIsBetterThanNone() {
    Parameters parameters = trainer.parameters();
    float[] weight = parameters.get("dense1/kernel").array();
    weight[0] = Float.NaN;
    EarlyStopping stopping = EarlyStopping.onLoss(5);
    History.Epoch best =
        train(
            stopping,
            4,
            epoch -> {
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
        .isThrownBy(() -> train(EarlyStopping.onAccuracy(1), 5))
        .withMessageContaining("there is no accuracy");
  }
}
