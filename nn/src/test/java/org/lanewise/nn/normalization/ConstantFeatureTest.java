package org.lanewise.nn.normalization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.Layers;
import org.lanewise.nn.Samples;
import org.lanewise.nn.layer.LoneRecording;
import org.lanewise.nn.layer.Mode;

/** Features whose deviation is small beside their mean, or none. */
final class ConstantFeatureTest {
  private static final BatchNorm BATCH_NORM = Layers.batchNorm();

  private static Tensor normalize(Mode mode, Tensor x, float mean, float variance) {
    return layer(mode, x, mean, variance).value();
  }

  private static Variable layer(Mode mode, Tensor x, float mean, float variance) {
    LoneRecording recording = recording(mode, mean, variance);
    return BATCH_NORM.record(recording, recording.tape().constant(x));
  }

  private static LoneRecording recording(Mode mode, float mean, float variance) {
    Tape tape = new Tape();
    List<Variable> parameters =
        List.of(
            tape.constant(Tensor.vector(1)),
            tape.constant(Tensor.vector(0)),
            tape.constant(Tensor.vector(mean)),
            tape.constant(Tensor.vector(variance)));
    return new LoneRecording(mode, tape, BATCH_NORM.parameters(Shape.of(1)), parameters);
  }

  @ParameterizedTest
  @ValueSource(floats = {98765.43f, 1.7e9f, 0.1f, -273.15f})
  void becomesZeroInTrainingAndInInference(float value) {
    Tensor x = Tensor.full(value, Shape.of(50, 1));
    assertThat(normalize(Mode.TRAINING, x, 0, 1).toArray()).containsOnly(0);
    float mean = 0;
    float variance = 1;
    for (int step = 0; step < 5000; step++) {
      LoneRecording recording = recording(Mode.TRAINING, mean, variance);
      BATCH_NORM.record(recording, recording.tape().constant(Tensor.full(value, Shape.of(2, 1))));
      mean = recording.updates().get("running_mean").value().item();
      variance = recording.updates().get("running_variance").value().item();
    }
    assertThat(mean).isEqualTo(value);
    assertThat(normalize(Mode.INFERENCE, x, mean, variance).toArray()).containsOnly(0);
  }

  @Test
  void runningStatisticsThatAreRightStay() {
    LoneRecording recording = recording(Mode.TRAINING, 1000, 0);
    BATCH_NORM.record(recording, recording.tape().constant(Tensor.full(1000, Shape.of(8, 1))));
    assertThat(recording.updates().get("running_mean").value().item()).isEqualTo(1000);
  }

  /** A running mean whose share of a batch is less than its last place still is an average. */
  @Test
  void averagesBatchesWhoseSharesAreRoundedAway() {
    BatchNorm slow = BATCH_NORM.momentum(0.9999);
    float[] noise = Samples.normal(11, 10_000).toArray();
    float mean = 1000.25f;
    for (float z : noise) {
      LoneRecording recording = recording(Mode.TRAINING, mean, 1);
      float value = 1000 + 0.1f * z;
      slow.record(recording, recording.tape().constant(Tensor.full(value, Shape.of(2, 1))));
      mean = recording.updates().get("running_mean").value().item();
    }
    assertThat(mean).isCloseTo(1000, within(0.01f));
  }

  @Test
  void withoutMomentumTheStatisticIsThatOfTheBatch() {
    LoneRecording recording = recording(Mode.TRAINING, 1e8f, 1e8f);
    Tensor x = Tensor.of(new float[] {0.25f, 0.75f}, 2, 1);
    BATCH_NORM.momentum(0).record(recording, recording.tape().constant(x));
    assertThat(recording.updates().get("running_mean").value().item()).isEqualTo(0.5f);
    assertThat(recording.updates().get("running_variance").value().item()).isEqualTo(0.0625f);
  }

  @Test
  void becomesZeroInRenormalization() {
    BatchRenorm layer = BATCH_NORM.renormalized(3, 5);
    LoneRecording recording = recording(Mode.TRAINING, 98765.43f, 0);
    Tensor x = Tensor.full(98765.43f, Shape.of(50, 1));
    assertThat(layer.record(recording, recording.tape().constant(x)).value().toArray())
        .containsOnly(0);
  }

  @Test
  void twoCloseValuesAreCentered() {
    int n = 1 << 18;
    Tensor x = Tensor.zeros(n, 1);
    for (int i = 0; i < n; i++) {
      x.array()[i] = i % 2 == 0 ? 273.14f : 273.16f;
    }
    float[] y = normalize(Mode.TRAINING, x, 0, 1).toArray();
    assertThat((double) y[0] + y[1]).isCloseTo(0, within(1e-6));
  }

  @Test
  void becomesZeroInLayerNormalization() {
    LayerNorm layer = Layers.layerNorm();
    Tape tape = new Tape();
    List<Variable> parameters =
        List.of(tape.constant(Tensor.full(1, Shape.of(50))), tape.constant(Tensor.zeros(50)));
    LoneRecording recording =
        new LoneRecording(Mode.TRAINING, tape, layer.parameters(Shape.of(50)), parameters);
    Tensor x = Tensor.full(98765.43f, Shape.of(3, 50));
    assertThat(layer.record(recording, tape.constant(x)).value().toArray()).containsOnly(0);
  }
}
