package org.lanewise.nn.normalization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.Layers;
import org.lanewise.nn.Samples;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.layer.LoneRecording;
import org.lanewise.nn.layer.Mode;

final class BatchRenormTest {
  private static final long SEED = 41;
  private static final Shape UNITS = Shape.of(5);
  private static final BatchNorm NORM = Layers.batchNorm();

  private final Tensor x = Samples.normal(SEED, 8, 5);

  private Variable record(Layer layer, Mode mode, boolean frozen, Tensor batch) {
    Tape tape = new Tape();
    List<Variable> parameters =
        LoneRecording.someParameters(layer, UNITS, SEED).stream()
            .map(tensor -> tape.input("parameter", tensor))
            .toList();
    LoneRecording recording = new LoneRecording(mode, tape, layer.parameters(UNITS), parameters);
    if (frozen) {
      recording.freeze();
    }
    return layer.record(recording, tape.input("x", batch));
  }

  @Test
  void withTheTightestBoundsItIsBatchNormalization() {
    Tensor renormalized = record(NORM.renormalized(1, 0), Mode.TRAINING, false, x).value();
    Tensor normalized = record(NORM, Mode.TRAINING, false, x).value();
    for (int i = 0; i < x.size(); i++) {
      assertThat(renormalized.toArray()[i])
          .as("seed %d", SEED)
          .isCloseTo(normalized.toArray()[i], within(1e-6f));
    }
  }

  @Test
  void withoutBoundsTrainingGivesWhatInferenceGives() {
    Tensor training = record(NORM.renormalized(1e6, 1e6), Mode.TRAINING, false, x).value();
    Tensor inference = record(NORM, Mode.INFERENCE, false, x).value();
    for (int i = 0; i < x.size(); i++) {
      assertThat(training.toArray()[i])
          .as("seed %d", SEED)
          .isCloseTo(inference.toArray()[i], within(2e-6f));
    }
  }

  @Test
  void inferenceAndFrozenLayersUseTheRunningStatistics() {
    BatchRenorm layer = Layers.batchRenorm();
    Tensor expected = record(NORM, Mode.INFERENCE, false, x).value();
    assertThat(record(layer, Mode.INFERENCE, false, x).value().sameElements(expected)).isTrue();
    assertThat(record(layer, Mode.TRAINING, true, x).value().sameElements(expected)).isTrue();
  }

  @Test
  void trainingNeedsTwoExamples() {
    Tensor one = Samples.normal(SEED, 1, 5);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> record(Layers.batchRenorm(), Mode.TRAINING, false, one))
        .withMessage("batch_renorm: expected a batch of at least 2 examples in training, was 1");
  }

  @ParameterizedTest
  @CsvSource({"0.99, 0", "NaN, 0", "1e39, 0", "1, -0.01", "1, NaN", "1, 1e39"})
  void refusesBounds(double rMax, double dMax) {
    boolean first = dMax == 0;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NORM.renormalized(rMax, dMax))
        .withMessage(
            first
                ? "batch_renorm: expected a finite r_max of at least 1, was " + rMax
                : "batch_renorm: expected d_max of at least 0 and finite as a float, was " + dMax);
  }
}
