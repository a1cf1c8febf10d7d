package org.lanewise.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.random.RandomStream;
import org.lanewise.nn.Layers;
import org.lanewise.nn.Samples;
import org.lanewise.nn.initializer.Initializer;

final class DenseTest {
  private static final long SEED = 12;

  @Test
  void multipliesByTheKernelAndAddsTheBias() {
    Tensor x = Samples.normal(SEED, 5, 7);
    Tensor kernel = Samples.normal(SEED + 1, 7, 3);
    Tensor bias = Samples.normal(SEED + 2, 3);
    Dense dense = Layers.dense(3);
    Tensor y = record(dense, x, kernel, bias);
    Tensor withoutBias = record(dense.withoutBias(), x, kernel);
    for (int i = 0; i < 5; i++) {
      for (int j = 0; j < 3; j++) {
        double sum = 0;
        for (int k = 0; k < 7; k++) {
          sum += (double) x.get(i, k) * kernel.get(k, j);
        }
        // 8 roundings of sums that stay below 16.
        assertThat((double) withoutBias.get(i, j)).isCloseTo(sum, within(4e-6));
        assertThat((double) y.get(i, j)).isCloseTo(sum + bias.get(j), within(4e-6));
      }
    }
  }

  private static Tensor record(Dense dense, Tensor x, Tensor... parameters) {
    Tape tape = new Tape();
    List<Variable> variables =
        Arrays.stream(parameters).map(p -> tape.input("parameter", p)).toList();
    LoneRecording recording =
        new LoneRecording(
            Mode.INFERENCE, tape, dense.parameters(Shape.of(x.shape().dimension(1))), variables);
    return dense.record(recording, tape.input("x", x)).value();
  }

  @Test
  void hasAKernelAndABiasThatStartsAtZero() {
    Dense dense = Layers.dense(3).initializer(Initializer.heNormal());
    List<Parameter> parameters = dense.parameters(Shape.of(7));
    assertThat(parameters)
        .extracting(Parameter::name, Parameter::shape, Parameter::trainable)
        .containsExactly(tuple("kernel", Shape.of(7, 3), true), tuple("bias", Shape.of(3), true));
    assertThat(parameters.getFirst().initializer()).isEqualTo(Initializer.heNormal());
    assertThat(
            parameters
                .getLast()
                .initializer()
                .initialize(Shape.of(3), RandomStream.of(1))
                .toArray())
        .containsOnly(0);
    assertThat(dense.withoutBias().parameters(Shape.of(7))).hasSize(1);
    assertThat(Layers.dense(3).initializer()).isEqualTo(Initializer.glorotUniform());
  }

  @Test
  void refusesWhatItCannotDo() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Layers.dense(0))
        .withMessage("dense: expected at least one unit, was 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Layers.dense(3).outputShape(Shape.of(2, 3)))
        .withMessage("dense: expected examples that are vectors, was shape [2, 3]");
  }
}
