package org.lanewise.nn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.lanewise.nn.Layers.dense;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.loss.Accuracy;
import org.lanewise.nn.loss.Loss;
import org.lanewise.nn.loss.MeanAbsoluteError;
import org.lanewise.nn.loss.MeanSquaredError;
import org.lanewise.nn.loss.Metric;
import org.lanewise.nn.network.Network;
import org.lanewise.nn.optimizer.Optimizer;

/** What is reported beside the loss, and that it has no part in training. */
final class ReportedMetricsTest {
  private static final Network NETWORK = Network.of(1, dense(1));

  /** The mean squared error, with other losses reported beside it. */
  private record With(List<Metric> companions) implements Loss {
    @Override
    public Shape targetShape(Shape output) {
      return output;
    }

    @Override
    public Variable ofEach(Variable outputs, Variable targets) {
      return new MeanSquaredError().ofEach(outputs, targets);
    }
  }

  private static Training training(Loss loss) {
    return Training.of(NETWORK, loss, Optimizer.sgd(0.1)).batchSize(2);
  }

  /** Outputs of 2 x for x = 1 and 2, and targets of 0. */
  private static Trainer start(Training training) {
    Trainer trainer = training.start();
    trainer.parameters().get("dense1/kernel").array()[0] = 2;
    return trainer;
  }

  private static DataSet data() {
    return DataSet.of(Tensor.of(new float[] {1, 2}, 2, 1), Tensor.zeros(2, 1));
  }

  @Test
  void aLossBesideTheLossIsNotTrained() {
    Trainer trainer = start(training(new With(List.of(new MeanAbsoluteError()))));
    Metrics metrics = trainer.epoch(data());
    assertThat(metrics.loss()).isEqualTo(10);
    assertThat(metrics.get("mean_absolute_error")).isEqualTo(3);
    // The mean of 2 · 2 x · x is 10, of the absolute error's |x| it would be 1.5.
    assertThat((double) trainer.parameters().get("dense1/kernel").item())
        .isCloseTo(2 - 0.1 * 10, within(1e-6));
  }

  @Test
  void trainingTakesMetrics() {
    Trainer trainer = start(training(new MeanSquaredError()).metrics(new MeanAbsoluteError()));
    assertThat(trainer.evaluate(data()).get("mean_absolute_error")).isEqualTo(3);
    assertThat(trainer.epoch(data()).names())
        .containsExactly("loss", "mean_absolute_error", "gradient_norm");
  }

  @Test
  void refusesMetricsThatCannotBe() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                start(
                        training(new With(List.of(new MeanAbsoluteError())))
                            .metrics(new MeanAbsoluteError()))
                    .epoch(data()))
        .withMessage(
            "training: expected metrics of different names, two are named mean_absolute_error");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> training(new MeanSquaredError()).metrics("dense2", new Accuracy()))
        .withMessage("training: expected one of the outputs [dense1], was dense2");
  }

  /** A metric that is always 7. */
  private record Seven(String name) implements Metric {
    @Override
    public Shape targetShape(Shape output) {
      return output;
    }

    @Override
    public Variable record(Variable outputs, Variable targets) {
      return outputs.tape().constant(7);
    }
  }

  @Test
  void refusesTheNamesThatTrainingReportsUnder() {
    assertThat(
            start(training(new MeanSquaredError()).metrics(new Seven("seven")))
                .epoch(data())
                .get("seven"))
        .isEqualTo(7);
    for (String name : List.of("loss", "penalty", "gradient_norm")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> training(new MeanSquaredError()).metrics(new Seven(name)))
          .withMessage(
              "training: expected metrics of other names than loss, penalty and gradient_norm,"
                  + " was "
                  + name);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> training(new With(List.of(new Seven(name)))).start())
          .withMessageEndingWith("was " + name);
    }
  }

  @Test
  void anExampleOfWeightZeroIsExcludedWhateverItsLoss() {
    Tensor inputs = Tensor.of(new float[] {1, Float.POSITIVE_INFINITY}, 2, 1);
    DataSet data = DataSet.of(inputs, Tensor.zeros(2, 1)).weighted(Tensor.vector(2, 0));
    Trainer trainer = start(training(new MeanSquaredError()));
    assertThat(trainer.evaluate(data).loss()).isEqualTo(4);
  }
}
