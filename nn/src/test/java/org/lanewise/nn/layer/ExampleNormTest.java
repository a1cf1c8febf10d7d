package org.lanewise.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
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
import org.lanewise.nn.normalization.LayerNorm;

/** Normalizations of each example on its own: over a layer's mean and variance, over its power. */
final class ExampleNormTest {
  private static final long SEED = 43;

  private record Moments(double mean, double variance) {
    static Moments of(Tensor x, int start, int count) {
      double sum = 0;
      double squares = 0;
      for (int i = start; i < start + count; i++) {
        sum += x.toArray()[i];
        squares += x.toArray()[i] * (double) x.toArray()[i];
      }
      double mean = sum / count;
      return new Moments(mean, squares / count - mean * mean);
    }
  }

  /** The layer as it starts, γ = 1 and β = 0. */
  private static Tensor start(Layer layer, Tensor x) {
    Tape tape = new Tape();
    List<Parameter> parameters = layer.parameters(Shape.of(x.shape().dimension(-1)));
    List<Variable> variables =
        parameters.stream()
            .map(parameter -> parameter.name().equals("gamma") ? 1f : 0f)
            .map(value -> tape.constant(Tensor.full(value, Shape.of(x.shape().dimension(-1)))))
            .toList();
    LoneRecording recording = new LoneRecording(Mode.TRAINING, tape, parameters, variables);
    return layer.record(recording, tape.constant(x)).value();
  }

  @Test
  void layerNormalizationGivesEachExampleMean0AndVariance1() {
    Tensor x = Samples.uniform(3, 9, SEED, 4, 3, 50);
    Tensor y = start(Layers.layerNorm().epsilon(1e-6), x);
    for (int row = 0; row < 12; row++) {
      Moments moments = Moments.of(y, row * 50, 50);
      assertThat(moments.mean()).as("seed %d", SEED).isCloseTo(0, within(1e-6));
      assertThat(moments.variance()).as("seed %d", SEED).isCloseTo(1, within(2e-6));
    }
  }

  @Test
  void rootMeanSquareNormalizationGivesEachExamplePower1() {
    Tensor x = Samples.uniform(3, 9, SEED, 4, 3, 50);
    Tensor y = start(Layers.rmsNorm(), x);
    for (int row = 0; row < 12; row++) {
      Moments moments = Moments.of(y, row * 50, 50);
      double power = moments.variance() + moments.mean() * moments.mean();
      assertThat(power).as("seed %d", SEED).isCloseTo(1, within(1e-6));
    }
  }

  @Test
  void anExampleThatIsConstantGivesZeros() {
    assertThat(start(Layers.layerNorm(), Tensor.full(7, Shape.of(2, 4))).toArray()).containsOnly(0);
    assertThat(start(Layers.rmsNorm(), Tensor.zeros(2, 4)).toArray()).containsOnly(0);
  }

  @Test
  void scaleAndCenterAreOptions() {
    Shape example = Shape.of(3, 4);
    LayerNorm layer = Layers.layerNorm();
    assertThat(layer.parameters(example)).extracting(Parameter::shape).containsOnly(Shape.of(4));
    assertThat(layer.withoutScale().parameters(example))
        .extracting(Parameter::name)
        .containsExactly("beta");
    assertThat(layer.withoutCenter().parameters(example))
        .extracting(Parameter::name)
        .containsExactly("gamma");
  }

  @Test
  void refusesExamplesWithoutChannels() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Layers.layerNorm().outputShape(Shape.of(3, 1)))
        .withMessage("layer_norm: expected examples of at least 2 channels, was shape [3, 1]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Layers.rmsNorm().outputShape(Shape.SCALAR))
        .withMessage("rms_norm: expected examples with at least one axis, was shape []");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesEpsilons(double epsilon) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Layers.layerNorm().epsilon(epsilon))
        .withMessage("layer_norm: expected epsilon above 0 and finite as a float, was " + epsilon);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Layers.rmsNorm().epsilon(epsilon))
        .withMessage("rms_norm: expected epsilon above 0 and finite as a float, was " + epsilon);
  }
}
