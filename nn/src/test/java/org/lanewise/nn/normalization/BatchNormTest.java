package org.lanewise.nn.normalization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.autodiff.Gradients;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.Layers;
import org.lanewise.nn.Samples;
import org.lanewise.nn.layer.LoneRecording;
import org.lanewise.nn.layer.Mode;
import org.lanewise.nn.layer.Parameter;

final class BatchNormTest {
  private static final long SEED = 77;
  private static final int BATCH = 9;
  private static final int UNITS = 5;
  private static final double MOMENTUM = 0.8;
  private static final double EPSILON = 0.01;

  private final BatchNorm layer = Layers.batchNorm().momentum(MOMENTUM).epsilon(EPSILON);
  private final Tensor x = Samples.normal(SEED, BATCH, UNITS);
  private final Tensor gamma = Samples.uniform(0.5, 2, SEED + 1, UNITS);
  private final Tensor beta = Samples.normal(SEED + 2, UNITS);
  private final Tensor runningMean = Samples.normal(SEED + 3, UNITS);
  private final Tensor runningVariance = Samples.uniform(0.5, 2, SEED + 4, UNITS);

  private record Recorded(LoneRecording recording, Variable x, Variable y) {}

  private Recorded record(Mode mode, Tensor input) {
    return record(mode, false, input);
  }

  private Recorded record(Mode mode, boolean frozen, Tensor input) {
    Tape tape = new Tape();
    List<Variable> variables =
        List.of(
            tape.input("gamma", gamma),
            tape.input("beta", beta),
            tape.input("running_mean", runningMean),
            tape.input("running_variance", runningVariance));
    LoneRecording recording =
        new LoneRecording(mode, tape, layer.parameters(Shape.of(UNITS)), variables);
    if (frozen) {
      recording.freeze();
    }
    Variable batch = tape.input("x", input);
    return new Recorded(recording, batch, layer.record(recording, batch));
  }

  private static double mean(Tensor x, int unit) {
    double sum = 0;
    for (int i = 0; i < BATCH; i++) {
      sum += x.get(i, unit);
    }
    return sum / BATCH;
  }

  /** The mean square of the distance to the mean: divided by the batch size, not by one less. */
  private static double biasedVariance(Tensor x, int unit) {
    double mean = mean(x, unit);
    double sum = 0;
    for (int i = 0; i < BATCH; i++) {
      sum += (x.get(i, unit) - mean) * (x.get(i, unit) - mean);
    }
    return sum / BATCH;
  }

  private double normalized(int example, int unit) {
    return (x.get(example, unit) - mean(x, unit)) / Math.sqrt(biasedVariance(x, unit) + EPSILON);
  }

  @Test
  void trainingNormalizesByTheBatch() {
    Tensor y = record(Mode.TRAINING, x).y().value();
    for (int i = 0; i < BATCH; i++) {
      for (int j = 0; j < UNITS; j++) {
        double expected = gamma.get(j) * normalized(i, j) + beta.get(j);
        assertThat((double) y.get(i, j)).as("seed %d", SEED).isCloseTo(expected, within(2e-6));
      }
    }
  }

  @Test
  void trainingMovesTheRunningStatistics() {
    LoneRecording recording = record(Mode.TRAINING, x).recording();
    Tensor mean = recording.updates().get("running_mean").value();
    Tensor variance = recording.updates().get("running_variance").value();
    for (int j = 0; j < UNITS; j++) {
      double nextMean = MOMENTUM * runningMean.get(j) + (1 - MOMENTUM) * mean(x, j);
      double nextVariance =
          MOMENTUM * runningVariance.get(j) + (1 - MOMENTUM) * biasedVariance(x, j);
      assertThat((double) mean.get(j)).isCloseTo(nextMean, within(4e-7));
      assertThat((double) variance.get(j)).isCloseTo(nextVariance, within(4e-7));
    }
  }

  @Test
  void inferenceNormalizesByTheRunningStatistics() {
    Tensor y = record(Mode.INFERENCE, x).y().value();
    for (int i = 0; i < BATCH; i++) {
      for (int j = 0; j < UNITS; j++) {
        double normalized =
            (x.get(i, j) - runningMean.get(j)) / Math.sqrt(runningVariance.get(j) + EPSILON);
        assertThat((double) y.get(i, j))
            .as("seed %d", SEED)
            .isCloseTo(gamma.get(j) * normalized + beta.get(j), within(2e-6));
      }
    }
  }

  @Test
  void aFrozenLayerUsesTheRunningStatisticsInTraining() {
    Recorded frozen = record(Mode.TRAINING, true, x);
    assertThat(frozen.y().value().sameElements(record(Mode.INFERENCE, x).y().value())).isTrue();
    assertThat(frozen.recording().updates()).isEmpty();
    Tensor one = Samples.normal(SEED, 1, UNITS);
    assertThat(record(Mode.TRAINING, true, one).y().value().shape()).isEqualTo(one.shape());
  }

  /** Channels are the last axis: more axes are more examples. */
  @Test
  void theOtherAxesAreMoreExamples() {
    Tensor image = Samples.normal(SEED, 2, 3, 4, UNITS);
    Tensor rows = image.reshape(Shape.of(24, UNITS));
    for (Mode mode : Mode.values()) {
      Recorded ofImage = record(mode, image);
      Recorded ofRows = record(mode, rows);
      Tensor y = ofImage.y().value();
      assertThat(y.shape()).isEqualTo(image.shape());
      for (int i = 0; i < y.size(); i++) {
        assertThat(y.storage()[y.offset() + i])
            .isCloseTo(ofRows.y().value().toArray()[i], within(1e-6f));
      }
      assertThat(ofImage.recording().updates().keySet())
          .isEqualTo(ofRows.recording().updates().keySet());
    }
    assertThat(layer.parameters(Shape.of(3, 4, UNITS)))
        .isEqualTo(layer.parameters(Shape.of(UNITS)));
    // One image has pixels enough for statistics.
    assertThat(record(Mode.TRAINING, Samples.normal(SEED, 1, 2, UNITS)).y().value().get(0, 0, 0))
        .isFinite();
  }

  @Test
  void scaleAndCenterAreOptions() {
    assertThat(layer.withoutScale().parameters(Shape.of(UNITS)))
        .extracting(Parameter::name)
        .containsExactly("beta", "running_mean", "running_variance");
    assertThat(layer.withoutCenter().parameters(Shape.of(UNITS)))
        .extracting(Parameter::name)
        .containsExactly("gamma", "running_mean", "running_variance");
    assertThat(layer.withoutScale().withoutCenter())
        .isEqualTo(new BatchNorm(MOMENTUM, EPSILON, false, false));
  }

  @Test
  void gradientsFollowTheClosedForm() {
    Recorded recorded = record(Mode.TRAINING, x);
    Tensor weights = Samples.normal(SEED + 5, BATCH, UNITS);
    Tape tape = recorded.x().tape();
    Variable gamma = recorded.recording().parameter("gamma");
    Variable beta = recorded.recording().parameter("beta");
    Variable scalar = recorded.y().multiply(tape.constant(weights)).sum();
    Gradients gradients = tape.gradients(scalar, recorded.x(), gamma, beta);
    for (int j = 0; j < UNITS; j++) {
      double sum = 0;
      double dot = 0;
      for (int i = 0; i < BATCH; i++) {
        sum += weights.get(i, j);
        dot += weights.get(i, j) * normalized(i, j);
      }
      assertThat((double) gradients.of(beta).value().get(j)).isCloseTo(sum, within(5e-6));
      assertThat((double) gradients.of(gamma).value().get(j)).isCloseTo(dot, within(5e-6));
      double scale = this.gamma.get(j) / Math.sqrt(biasedVariance(x, j) + EPSILON) / BATCH;
      for (int i = 0; i < BATCH; i++) {
        double expected = scale * (BATCH * weights.get(i, j) - sum - normalized(i, j) * dot);
        assertThat((double) gradients.of(recorded.x()).value().get(i, j))
            .as("seed %d", SEED)
            .isCloseTo(expected, within(1e-5));
      }
    }
  }

  @Test
  void aFeatureThatNeverVariesGivesBetaAndFiniteGradients() {
    Recorded recorded = record(Mode.TRAINING, Tensor.full(3, Shape.of(BATCH, UNITS)));
    Tensor y = recorded.y().value();
    for (int j = 0; j < UNITS; j++) {
      assertThat(y.get(0, j)).isEqualTo(beta.get(j));
    }
    Variable scalar = recorded.y().square().sum();
    Tape tape = recorded.x().tape();
    for (float slope : tape.gradients(scalar, recorded.x()).of(recorded.x()).value().toArray()) {
      assertThat(slope).isFinite();
    }
  }

  @Test
  void aLargeMeanDoesNotSpoilTheVariance() {
    // Whole numbers around 10,000: every difference to the mean is exact.
    float[] values = new float[BATCH * UNITS];
    for (int i = 0; i < values.length; i++) {
      values[i] = 10_000 + i / UNITS - BATCH / 2;
    }
    LoneRecording recording = record(Mode.TRAINING, Tensor.of(values, BATCH, UNITS)).recording();
    Tensor variance = recording.updates().get("running_variance").value();
    for (int j = 0; j < UNITS; j++) {
      double expected = MOMENTUM * runningVariance.get(j) + (1 - MOMENTUM) * (81 - 1) / 12.0;
      assertThat((double) variance.get(j)).isCloseTo(expected, within(1e-6));
    }
  }

  @Test
  void trainingNeedsTwoExamples() {
    Tensor one = Samples.normal(SEED, 1, UNITS);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> record(Mode.TRAINING, one))
        .withMessage("batch_norm: expected a batch of at least 2 examples in training, was 1");
    assertThat(record(Mode.INFERENCE, one).y().value().shape()).isEqualTo(Shape.of(1, UNITS));
    assertThat(record(Mode.TRAINING, Samples.normal(SEED, 2, UNITS)).y().value().get(0, 0))
        .isFinite();
  }

  @Test
  void hasFourParametersAUnit() {
    List<Parameter> parameters = layer.parameters(Shape.of(UNITS));
    assertThat(parameters)
        .extracting(Parameter::name)
        .containsExactly("gamma", "beta", "running_mean", "running_variance");
    assertThat(parameters)
        .extracting(Parameter::trainable)
        .containsExactly(true, true, false, false);
    assertThat(parameters).extracting(Parameter::shape).containsOnly(Shape.of(UNITS));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.01, 1.01, Double.NaN})
  void refusesMomentums(double momentum) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layer.momentum(momentum))
        .withMessage("batch_norm: expected a momentum from 0 to 1, was " + momentum);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesEpsilons(double epsilon) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layer.epsilon(epsilon))
        .withMessage("batch_norm: expected epsilon above 0 and finite as a float, was " + epsilon);
  }

  @Test
  void refusesExamplesWithoutChannels() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layer.outputShape(Shape.SCALAR))
        .withMessage("batch_norm: expected examples with at least one axis, was shape []");
  }
}
