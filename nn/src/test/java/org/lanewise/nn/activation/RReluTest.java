package org.lanewise.nn.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.layer.LoneRecording;
import org.lanewise.nn.layer.Mode;

final class RReluTest {
  private static float[] values(Mode mode, Tensor x) {
    Tape tape = new Tape();
    Variable input = tape.input("x", x);
    return new RRelu(0.25, 0.75)
        .record(new LoneRecording(mode, tape, List.of(), List.of()), input)
        .value()
        .toArray();
  }

  @Test
  void drawsSlopesBetweenItsBoundsInTraining() {
    Tensor x = Tensor.zeros(1000);
    for (int i = 0; i < x.size(); i++) {
      x.array()[i] = -1;
    }
    double sum = 0;
    for (float y : values(Mode.TRAINING, x)) {
      assertThat(-y).isBetween(0.25f, 0.75f);
      sum -= y;
    }
    assertThat(sum / 1000).isBetween(0.47, 0.53);
    assertThat(values(Mode.TRAINING, Tensor.vector(3, 0))).containsExactly(3, 0);
  }

  @Test
  void takesTheMeanSlopeInInference() {
    assertThat(values(Mode.INFERENCE, Tensor.vector(-4, 3, Float.NaN)))
        .containsExactly(-2, 3, Float.NaN);
  }

  @ParameterizedTest
  @CsvSource({"-0.1, 0.5", "0.5, 0.5", "0.2, 1.5", "NaN, 1"})
  void refusesBoundsOutOfOrder(double low, double high) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RRelu(low, high))
        .withMessage("rrelu: expected 0 <= low < high <= 1, was " + low + " and " + high);
  }
}
