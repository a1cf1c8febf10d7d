package org.lanewise.nn.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.lanewise.nn.Statistics.mean;
import static org.lanewise.nn.Statistics.variance;

import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.Layers;
import org.lanewise.nn.Samples;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.layer.LoneRecording;
import org.lanewise.nn.layer.Mode;

/** What the layers that make noise in training do to their inputs. */
final class NoiseTest {
  private static final long SEED = 77;

  private static final int N = 200_000;

  /** Statistics may be off by so many of their own standard deviations. */
  private static final double SIGMAS = 5;

  private static float[] run(Layer layer, Mode mode, Tensor x) {
    Tape tape = new Tape();
    LoneRecording recording = new LoneRecording(mode, tape, List.of(), List.of());
    return layer.record(recording, tape.input("x", x)).value().toArray();
  }

  @Test
  void dropoutDropsInfiniteElementsToo() {
    float infinity = Float.POSITIVE_INFINITY;
    float[] y = run(new Dropout(0.5), Mode.TRAINING, Tensor.full(infinity, Shape.of(64)));
    assertThat(y).containsOnly(0, infinity);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.5, 0.9})
  void dropoutDropsItsShareAndScalesTheRest(double rate) {
    float[] y = run(new Dropout(rate), Mode.TRAINING, Tensor.full(2, Shape.of(N / 100, 100)));
    int dropped = 0;
    for (float element : y) {
      if (element == 0) {
        dropped++;
      } else {
        assertThat(element).isEqualTo(2 * (float) (1 / (1 - rate)));
      }
    }
    assertThat((double) dropped / N)
        .isEqualTo(rate, within(SIGMAS * Math.sqrt(rate * (1 - rate) / N)));
    assertThat(mean(y)).isEqualTo(2, within(1e-6 + 2 * SIGMAS * Math.sqrt(rate / (1 - rate) / N)));
  }

  /** Both for the standard normal and for what SELU makes of it, whose moments are 0 and 1 too. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.05, 0.1, 0.5})
  void alphaDropoutKeepsMeanAndVarianceOfSeluActivations(double rate) {
    Variable normal = new Tape().input("x", Samples.normal(SEED, N / 100, 100));
    LoneRecording recording = new LoneRecording(Mode.TRAINING, normal.tape(), List.of(), List.of());
    Tensor x = Layers.selu().record(recording, normal).value();
    float[] y = run(new AlphaDropout(rate), Mode.TRAINING, x);

    assertThat(mean(y)).isEqualTo(0, within(SIGMAS / Math.sqrt(N)));
    // The fourth moments are below 10.
    assertThat(variance(y)).isEqualTo(1, within(SIGMAS * Math.sqrt(9.0 / N)));
  }

  @Test
  void alphaDropoutDropsToTheLimitOfSelu() {
    double rate = 0.25;
    double a = Math.pow(0.75 + 0.75 * 0.25 * Math.pow(1.6732632 * 1.0507010, 2), -0.5);
    double b = a * rate * 1.6732632 * 1.0507010;
    float[] y = run(new AlphaDropout(rate), Mode.TRAINING, Tensor.zeros(N));
    int dropped = 0;
    for (float element : y) {
      boolean kept = element > 0;
      assertThat((double) element)
          .isEqualTo(kept ? b : b - a * 1.6732632 * 1.0507010, within(1e-6));
      dropped += kept ? 0 : 1;
    }
    assertThat((double) dropped / N)
        .isEqualTo(rate, within(SIGMAS * Math.sqrt(rate * (1 - rate) / N)));
  }

  @Test
  void gaussianNoiseHasItsStandardDeviation() {
    float[] y = run(new GaussianNoise(0.5), Mode.TRAINING, Tensor.full(3, Shape.of(N)));

    assertThat(mean(y)).isEqualTo(3, within(SIGMAS * 0.5 / Math.sqrt(N)));
    assertThat(variance(y)).isEqualTo(0.25, within(SIGMAS * 0.25 * Math.sqrt(2.0 / N)));
  }

  @Test
  void gaussianDropoutHasTheMomentsOfDropout() {
    float[] y = run(new GaussianDropout(0.2), Mode.TRAINING, Tensor.full(2, Shape.of(N)));

    assertThat(mean(y)).isEqualTo(2, within(SIGMAS / Math.sqrt(N)));
    assertThat(variance(y)).isEqualTo(1, within(SIGMAS * Math.sqrt(2.0 / N)));
  }

  static Stream<Layer> layers() {
    return Stream.of(
        new Dropout(0.5), new AlphaDropout(0.5), new GaussianNoise(2), new GaussianDropout(0.5));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void inferenceLeavesEveryBit(Layer layer) {
    Tensor x = Samples.normal(SEED, 7, 9);
    assertThat(run(layer, Mode.INFERENCE, x)).isEqualTo(x.toArray());
    assertThat(run(layer, Mode.TRAINING, x)).isNotEqualTo(x.toArray());
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, -0.1, 1.5, 1 - 1e-9, Double.NaN})
  void ratesThatKeepNothingAreRefused(double rate) {
    List<DoubleFunction<Layer>> makers =
        List.of(Layers::dropout, Layers::alphaDropout, Layers::gaussianDropout);
    for (DoubleFunction<Layer> maker : makers) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> maker.apply(rate))
          .withMessageEndingWith("dropout: expected a rate from 0 to below 1, was " + rate);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void standardDeviationsAreAboveZero(double stddev) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Layers.gaussianNoise(stddev))
        .withMessageStartingWith("gaussian_noise: expected a standard deviation above 0");
  }
}
