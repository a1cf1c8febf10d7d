package org.lanewise.nn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.lanewise.nn.Layers.dense;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.Samples;
import org.lanewise.nn.initializer.Initializer;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.loss.MeanSquaredError;
import org.lanewise.nn.network.Flow;
import org.lanewise.nn.network.Network;
import org.lanewise.nn.optimizer.Optimizer;
import org.lanewise.nn.regularizer.Constraint;
import org.lanewise.nn.regularizer.Regularizer;

/** Penalties and constraints of layers, as training takes them in. */
final class RegularizationTest {
  /** With zeros as examples and targets, gradients come from penalties alone. */
  private static final DataSet ZEROS = DataSet.of(Tensor.zeros(4, 2), Tensor.zeros(4, 3));

  private static final Layer DENSE = dense(3).withoutBias().initializer(Initializer.constant(2));

  private static Trainer trainer(Network network, double learningRate) {
    return Training.of(network, new MeanSquaredError(), Optimizer.sgd(learningRate)).start();
  }

  @Test
  void penaltiesAreAddedToTheLossAndReportedApart() {
    Network network = Network.of(2, DENSE.regularize("kernel", Regularizer.l1l2(0.1, 0.01)));
    Trainer trainer = trainer(network, 0.5);
    Metrics metrics = trainer.epoch(ZEROS);

    assertThat(metrics.loss()).isZero();
    assertThat(metrics.get("penalty")).isEqualTo(6 * (0.1 * 2 + 0.01 * 4), within(1e-6));
    // The derivative is λ₁ + 2 λ₂ w.
    for (float w : trainer.parameters().get("dense1/kernel").toArray()) {
      assertThat((double) w).isEqualTo(2 - 0.5 * (0.1 + 0.02 * 2), within(1e-6));
    }
    assertThat(trainer.evaluate(ZEROS).names()).containsExactly("loss");
  }

  @Test
  void activitiesArePenalizedByTheMeanOfTheBatch() {
    Tensor inputs = Tensor.of(new float[] {1, 0, 3, 0}, 2, 2);
    Network network = Network.of(2, DENSE.regularizeActivity(Regularizer.l2(0.1)));
    Trainer trainer = trainer(network, 1e-3);
    // Outputs of 2 and 6, three of each.
    Metrics metrics = trainer.epoch(DataSet.of(inputs, Tensor.zeros(2, 3)));

    assertThat(metrics.get("penalty")).isEqualTo(0.1 * (3 * 4 + 3 * 36) / 2, within(1e-5));
  }

  @Test
  void aSharedParameterIsPenalizedOnce() {
    Flow first = Flow.input("first", Shape.of(2));
    Flow second = Flow.input("second", Shape.of(2));
    Layer shared = DENSE.regularize("kernel", Regularizer.l1(0.5)).named("shared");
    Network network =
        Network.of(List.of(first, second), List.of(first.then(shared), second.then(shared)));
    Trainer trainer =
        Training.of(
                network,
                List.of(new MeanSquaredError(), new MeanSquaredError()),
                Optimizer.sgd(0.1))
            .start();
    Tensor none = Tensor.zeros(4, 2);
    DataSet data = DataSet.of(List.of(none, none), List.of(Tensor.zeros(4, 3), Tensor.zeros(4, 3)));

    assertThat(trainer.epoch(data).get("penalty")).isEqualTo(6, within(1e-6));
  }

  @Test
  void aFrozenParameterIsNotPenalized() {
    Network network =
        Network.of(2, DENSE.named("lower").regularize("kernel", Regularizer.l1(1)), dense(3));
    Trainer trainer = trainer(network.freeze("lower"), 0.1);

    assertThat(trainer.epoch(ZEROS).names()).containsExactly("loss", "gradient_norm");
  }

  @Test
  void constraintsHoldAfterEveryStep() {
    Network network =
        Network.of(2, dense(3).constrain("kernel", Constraint.maxNorm(0.25)).named("own"));
    Trainer trainer = trainer(network, 1);
    DataSet data = DataSet.of(Samples.normal(1, 40, 2), Samples.normal(2, 40, 3));
    for (int epoch = 0; epoch < 3; epoch++) {
      trainer.epoch(data);
      float[] kernel = trainer.parameters().get("own/kernel").toArray();
      double longest = 0;
      for (int unit = 0; unit < 3; unit++) {
        longest = Math.max(longest, Math.hypot(kernel[unit], kernel[3 + unit]));
      }
      assertThat(longest).isEqualTo(0.25, within(1e-6));
    }
  }

  @Test
  void parametersThatALayerDoesNotLearnAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Network.of(2, DENSE.regularize("bias", Regularizer.l1(1))))
        .withMessage(
            "layer dense1: dense: expected one of its trainable parameters [kernel], was bias");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Network.of(2, DENSE.constrain("w", Constraint.maxNorm(1))))
        .withMessageContaining("[kernel], was w");
    Layer twice =
        DENSE.constrain("kernel", Constraint.maxNorm(1)).constrain("kernel", Constraint.maxNorm(2));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer(Network.of(2, twice), 1).epoch(ZEROS))
        .withMessage("layer dense1: expected one constraint on kernel, was two");
  }
}
