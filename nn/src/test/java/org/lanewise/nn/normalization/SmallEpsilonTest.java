package org.lanewise.nn.normalization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.random.RandomStream;
import org.lanewise.engine.reference.Reference;
import org.lanewise.nn.Samples;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.layer.LoneRecording;
import org.lanewise.nn.layer.Mode;
import org.lanewise.nn.layer.Parameter;

/**
 * Gradients of normalizations whose ε is so small that the derivative of 1 / √(σ² + ε) overflows.
 */
final class SmallEpsilonTest {
  private static final long SEED = 29;
  private static final int CHANNELS = 16;

  static Stream<Layer> layers() {
    return Stream.of(1e-26, 1e-30, 1e-37)
        .flatMap(
            epsilon -> {
              BatchNorm batchNorm = new BatchNorm(0.9, epsilon, true, true);
              return Stream.of(
                  batchNorm,
                  batchNorm.renormalized(3, 5),
                  new LayerNorm(epsilon, true, true),
                  new RmsNorm(epsilon));
            });
  }

  @ParameterizedTest
  @MethodSource("layers")
  void areThoseOfDoublePrecision(Layer layer) {
    for (float size : new float[] {0, 1e-15f, 1}) {
      Tape tape = new Tape();
      List<Variable> parameters = new ArrayList<>();
      for (Parameter parameter : layer.parameters(Shape.of(CHANNELS))) {
        Tensor start = parameter.initializer().initialize(parameter.shape(), RandomStream.of(SEED));
        parameters.add(tape.constant(start));
      }
      Tensor drawn = Samples.normal(SEED, 8, CHANNELS);
      Variable x = tape.input("x", tape.constant(drawn).multiply(size).value().copy());
      var recording =
          new LoneRecording(Mode.TRAINING, tape, layer.parameters(Shape.of(CHANNELS)), parameters);
      Variable weights = tape.constant(Samples.normal(SEED + 1, 8, CHANNELS));
      Variable sum = layer.record(recording, x).multiply(weights).sum();
      Variable gradient = tape.gradients(sum, x).of(x);
      double[] expected = new Reference().value(gradient.node());
      double largest = 0;
      for (double element : expected) {
        largest = Math.max(largest, Math.abs(element));
      }
      for (int i = 0; i < expected.length; i++) {
        assertThat((double) gradient.value().toArray()[i])
            .as("%s of elements of size %s, seed %d", layer, size, SEED)
            .isCloseTo(expected[i], within(2e-6 * largest));
      }
    }
  }
}
