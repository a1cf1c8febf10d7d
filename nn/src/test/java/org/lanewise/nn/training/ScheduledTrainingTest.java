package org.lanewise.nn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;
import static org.lanewise.nn.Layers.batchNorm;
import static org.lanewise.nn.Layers.dense;
import static org.lanewise.nn.schedule.Schedule.constant;
import static org.lanewise.nn.schedule.Schedule.oneCycle;
import static org.lanewise.nn.schedule.Schedule.performance;
import static org.lanewise.nn.schedule.Schedule.piecewise;
import static org.lanewise.nn.schedule.Schedule.power;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.loss.MeanSquaredError;
import org.lanewise.nn.network.Network;
import org.lanewise.nn.network.Parameters;
import org.lanewise.nn.optimizer.Optimizer;
import org.lanewise.nn.schedule.Schedule;

/** What schedules and averages do to training, on y = w x with x = 1 and a target of 0. */
final class ScheduledTrainingTest {
  private static final Network NETWORK = Network.of(1, dense(1).withoutBias());
  private static final DataSet TWO = DataSet.of(Tensor.full(1, two()), Tensor.zeros(2, 1));

  private static Shape two() {
    return Shape.of(2, 1);
  }

  private static Training training(Optimizer optimizer) {
    return Training.of(NETWORK, new MeanSquaredError(), optimizer).batchSize(1);
  }

  private static float[] weight(Trainer trainer) {
    float[] weight = trainer.parameters().get("dense1/kernel").array();
    weight[0] = 1;
    return weight;
  }

  @Test
  void theLearningRateFollowsTheSteps() {
    Trainer trainer = training(Optimizer.sgd(0.25)).schedule(power(1)).start();
    float[] weight = weight(trainer);
    assertThat(trainer.learningRate()).isEqualTo(0.25);
    trainer.epoch(TWO); // The gradient is 2w: by factors of 1 − 2 · 0.25, then 1 − 2 · 0.125.
    assertThat(weight[0]).isEqualTo(0.5f * 0.75f);
    assertThat(trainer.steps()).isEqualTo(2);
    assertThat(trainer.learningRate()).isEqualTo(0.25 / 3);
    trainer.learningRate(0.75);
    assertThat(trainer.learningRate()).isEqualTo(0.25);
  }

  @Test
  void theLearningRateFollowsTheEpochs() {
    Trainer trainer =
        training(Optimizer.sgd(0.25)).schedule(piecewise(1).from(1, 0.5).perEpoch()).start();
    float[] weight = weight(trainer);
    trainer.epoch(TWO);
    assertThat(weight[0]).isEqualTo(0.25f);
    trainer.epoch(TWO);
    assertThat(weight[0]).isEqualTo(0.25f * 0.75f * 0.75f);
  }

  @Test
  void theMomentumFollowsTheSteps() {
    Trainer trainer = training(Optimizer.momentum(0.5, 0.9)).schedule(oneCycle(10)).start();
    assertThat(trainer.momentum()).isEqualTo(0.95);
    float[] weight = weight(trainer);
    double w = 1;
    double m = 0;
    for (int epoch = 0; epoch < 5; epoch++) {
      for (int i = 0; i < 2; i++) {
        double rate = 0.5 * oneCycle(10).at(trainer.progress().steps(2 * epoch + i));
        double beta = oneCycle(10).momentum(trainer.progress().steps(2 * epoch + i)).getAsDouble();
        m = beta * m - rate * 2 * w;
        w += m;
      }
      trainer.epoch(TWO);
      assertThat((double) weight[0]).as("epoch %d", epoch).isCloseTo(w, within(1e-6));
    }
  }

  @Test
  void reportsLowerTheLearningRate() {
    Trainer trainer = training(Optimizer.sgd(0.5)).schedule(performance(0.1, 2)).start();
    weight(trainer);
    for (double loss : new double[] {2, 3, 3}) {
      assertThat(trainer.learningRate()).isEqualTo(0.5);
      trainer.epoch(TWO);
      trainer.report(loss);
    }
    assertThat(trainer.learningRate()).isEqualTo(0.05);
  }

  @Test
  void performanceWithoutReportsIsNoticed() {
    Trainer trainer = training(Optimizer.sgd(0.5)).schedule(performance(0.1, 2)).start();
    trainer.epoch(TWO);
    assertThatIllegalStateException().isThrownBy(() -> trainer.epoch(TWO));
  }

  @Test
  void averagesAreWhatIsEvaluated() {
    Trainer trainer = training(Optimizer.sgd(0.25)).average(0.75).start();
    float[] weight = weight(trainer);
    trainer.average().get("dense1/kernel").array()[0] = 1;
    double w = 1;
    double average = 1;
    for (int step = 0; step < 6; step++) {
      w *= 0.5;
      double decay = Math.min(0.75, (1.0 + step) / (10.0 + step));
      average += (1 - decay) * (w - average);
    }
    for (int epoch = 0; epoch < 3; epoch++) {
      trainer.epoch(TWO);
    }
    assertThat(weight[0]).isEqualTo((float) w);
    assertThat((double) trainer.average().get("dense1/kernel").item())
        .isCloseTo(average, within(1e-6));
    assertThat(trainer.evaluate(TWO).loss()).isCloseTo(average * average, within(1e-6));
    assertThat((double) trainer.predictor().predict(Tensor.full(1, two())).get(0, 0))
        .isCloseTo(average, within(1e-6));
    Evaluator unaveraged = Evaluator.of(NETWORK, new MeanSquaredError(), trainer.parameters());
    assertThat(unaveraged.evaluate(TWO).loss()).isCloseTo(w * w, within(1e-9));
  }

  @Test
  void averagesOfWhatStaysStay() {
    Trainer trainer = training(Optimizer.sgd(1e-30)).average(0.999999).start();
    float[] weight = weight(trainer);
    float start = weight[0];
    trainer.average().get("dense1/kernel").array()[0] = start;
    for (int epoch = 0; epoch < 100; epoch++) {
      trainer.epoch(TWO);
    }
    assertThat(weight[0]).isEqualTo(start);
    assertThat(trainer.average().get("dense1/kernel").item()).isEqualTo(start);
  }

  @Test
  void averagesSoonForgetTheStart() {
    Trainer trainer = training(Optimizer.sgd(0.25)).average(0.999).start();
    for (int epoch = 0; epoch < 50; epoch++) {
      trainer.epoch(TWO);
    }
    // The weight is 1/2, 1/4, 1/8, …: by the decay alone the average would still be above 0.9.
    assertThat((double) trainer.average().get("dense1/kernel").item()).isBetween(0.0, 1e-4);
  }

  @Test
  void averagesStartAtTheParameters() {
    Trainer trainer = training(Optimizer.sgd(0.25)).average(0.75).start();
    assertThat(trainer.average().sameElements(trainer.parameters())).isTrue();
    assertThat(trainer.average()).isNotSameAs(trainer.parameters());
  }

  private static final Network NORMALIZED =
      Network.of(1, dense(1).withoutBias(), batchNorm().momentum(0.5), dense(1));
  private static final DataSet FOUR =
      DataSet.of(
          Tensor.of(new float[] {1, 2, 4, 9}, 4, 1), Tensor.of(new float[] {0, 1, 1, 3}, 4, 1));

  private static Trainer normalized(Training training) {
    return training.batchSize(4).average(0.75).start();
  }

  private static Training normalized() {
    return Training.of(NORMALIZED, new MeanSquaredError(), Optimizer.sgd(0.1));
  }

  @Test
  void statisticsAreAveragedLikeParameters() {
    Trainer trainer = normalized(normalized());
    double[] averages = {0, 1};
    String[] names = {"batch_norm1/running_mean", "batch_norm1/running_variance"};
    for (int step = 0; step < 5; step++) {
      trainer.epoch(FOUR);
      double share = 1 - Math.min(0.75, (1.0 + step) / (10.0 + step));
      for (int i = 0; i < 2; i++) {
        averages[i] += share * (trainer.parameters().get(names[i]).item() - averages[i]);
        double average = trainer.average().get(names[i]).item();
        assertThat(average).as(names[i]).isCloseTo(averages[i], within(1e-6 * averages[i]));
        assertThat(average).isNotEqualTo(trainer.parameters().get(names[i]).item());
      }
    }
    // Resumed, they go on from where they were.
    Trainer resumed = normalized().batchSize(4).average(0.75).resume(trainer.checkpoint());
    assertThat(resumed.average().sameElements(trainer.average())).isTrue();
  }

  @Test
  void frozenStatisticsAreThoseOfTheParameters() {
    Network frozen = NORMALIZED.freeze("batch_norm1");
    Trainer trainer = normalized(Training.of(frozen, new MeanSquaredError(), Optimizer.sgd(0.001)));
    trainer.epoch(FOUR);
    assertThat(trainer.average().get("batch_norm1/running_mean"))
        .isSameAs(trainer.parameters().get("batch_norm1/running_mean"));
    assertThat(trainer.checkpoint().average().names()).noneMatch(name -> name.contains("running"));
  }

  @Test
  void statisticsOfTheAveragesAreGatheredAtARateOfZero() {
    Trainer trainer = normalized(normalized());
    for (int epoch = 0; epoch < 5; epoch++) {
      trainer.epoch(FOUR);
    }
    Parameters average = trainer.average().copy();
    Trainer gathering = normalized().schedule(constant(0)).batchSize(4).start(average);
    for (int epoch = 0; epoch < 40; epoch++) {
      gathering.epoch(FOUR);
    }
    for (String name : List.of("dense1/kernel", "dense2/kernel", "batch_norm1/gamma")) {
      assertThat(average.get(name).sameElements(trainer.average().get(name))).as(name).isTrue();
    }
    double w = average.get("dense1/kernel").item();
    assertThat((double) average.get("batch_norm1/running_mean").item())
        .isCloseTo(4 * w, within(1e-6 * Math.abs(4 * w)));
  }

  @Test
  void theGradientNormIsAMetric() {
    Trainer trainer = training(Optimizer.sgd(0.25)).start();
    weight(trainer);
    // 2w for w = 1 and then w = 0.5.
    assertThat(trainer.epoch(TWO).gradientNorm()).isEqualTo(1.5);
    assertThat(trainer.evaluate(TWO).names()).containsExactly("loss");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.5, 1, Double.NaN})
  void refusesMomentumOutOfRange(double momentum) {
    Training training = training(Optimizer.momentum(0.1, 0.9));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> training.schedule(constant(1).withMomentum(progress -> momentum)))
        .withMessage("schedule: expected a momentum from 0 to below 1, was " + momentum);
    Trainer later =
        training.schedule(constant(1).withMomentum(p -> p.steps() < 2 ? 0.5 : momentum)).start();
    later.epoch(TWO);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> later.epoch(TWO))
        .withMessage("schedule: expected a momentum from 0 to below 1, was " + momentum);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.5, Double.POSITIVE_INFINITY, Double.NaN})
  void refusesFactorsOutOfRange(double factor) {
    Trainer trainer = training(Optimizer.sgd(0.1)).schedule(progress -> factor).start();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.epoch(TWO))
        .withMessage("schedule: expected a factor at least 0 and finite at step 0, was " + factor);
  }

  @Test
  void refusesToScheduleAMomentumThatIsNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> training(Optimizer.sgd(0.1)).schedule(oneCycle(100)))
        .withMessage(
            "training: expected an optimizer with momentum for a schedule of momentum, was"
                + " Sgd[learningRate=0.1]");
  }

  @Test
  void refusesAMomentumThatComesLater() {
    Trainer trainer =
        training(Optimizer.sgd(0.1)).schedule(Schedule.warmup(2).then(oneCycle(100))).start();
    trainer.epoch(TWO);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.epoch(TWO))
        .withMessageStartingWith("training: expected an optimizer with momentum for a schedule of");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.5, 1, Double.NaN})
  void refusesAverages(double decay) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> training(Optimizer.sgd(0.1)).average(decay))
        .withMessage("training: expected a decay of averages from 0 to below 1, was " + decay);
  }
}
