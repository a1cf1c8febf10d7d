package org.lanewise.nn.initializer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.random.RandomStream;
import org.lanewise.nn.Statistics;
import org.lanewise.nn.initializer.VarianceScaling.Form;
import org.lanewise.nn.initializer.VarianceScaling.Mode;

final class VarianceScalingTest {
  private static final long SEED = 5;

  /** 100,000 weights, fan-in 200 and fan-out 500; 100,800 weights, fan-in 144, fan-out 6300. */
  private static final Shape DENSE = Shape.of(200, 500);

  private static final Shape CONVOLUTION = Shape.of(3, 3, 16, 700);

  private static Stream<VarianceScaling> all() {
    return Stream.of(0.5, 1.0, 2.0)
        .flatMap(
            scale ->
                Arrays.stream(Mode.values())
                    .flatMap(
                        mode ->
                            Arrays.stream(Form.values())
                                .map(form -> new VarianceScaling(scale, mode, form))));
  }

  private static double expectedVariance(VarianceScaling initializer, double in, double out) {
    return initializer.scale()
        / switch (initializer.mode()) {
          case FAN_IN -> in;
          case FAN_OUT -> out;
          case FAN_AVG -> (in + out) / 2;
        };
  }

  @ParameterizedTest
  @MethodSource("all")
  void drawsHaveTheMeanTheVarianceAndTheBounds(VarianceScaling initializer) {
    assertFollows(initializer, DENSE, expectedVariance(initializer, 200, 500));
    assertFollows(initializer, CONVOLUTION, expectedVariance(initializer, 9 * 16, 9 * 700));
  }

  private static void assertFollows(VarianceScaling initializer, Shape shape, double variance) {
    assertThat(initializer.variance(shape)).isCloseTo(variance, within(1e-15));
    Tensor weights = initializer.initialize(shape, RandomStream.of(SEED));
    assertThat(weights.shape()).isEqualTo(shape);
    double stddev = Math.sqrt(variance);
    Law law = Law.of(initializer.form());
    double largest = 0;
    for (float weight : weights.array()) {
      largest = Math.max(largest, Math.abs(weight));
    }
    double limit = law.bound() * stddev;
    assertThat(Statistics.meanZ(weights.array(), 0, stddev))
        .as("mean, seed %d", SEED)
        .isCloseTo(0, within(Statistics.FARTHEST_Z));
    assertThat(Statistics.varianceZ(weights.array(), 0, stddev, law.kurtosis()))
        .as("variance, seed %d", SEED)
        .isCloseTo(0, within(Statistics.FARTHEST_Z));
    // 1 + 1e-7: a bound that is rounded to float may be the next float.
    assertThat(largest).as("seed %d", SEED).isLessThanOrEqualTo(limit * (1 + 1e-7));
    if (initializer.form() != Form.NORMAL) {
      // Less than 0.1 % of a uniform or cut normal law lies farther out than 99.9 % of its bound;
      // a cut normal law has more than 0.01 % there: none of 100,000 with probability e⁻¹⁰ or less.
      assertThat(largest).as("seed %d", SEED).isGreaterThan(limit * 0.999);
    }
  }

  @Test
  void sameStreamSameBits() {
    Initializer initializer = Initializer.heNormal();
    Tensor first = initializer.initialize(DENSE, RandomStream.of(SEED));
    assertThat(initializer.initialize(DENSE, RandomStream.of(SEED)).sameElements(first)).isTrue();
    assertThat(initializer.initialize(DENSE, RandomStream.of(SEED + 1)).sameElements(first))
        .isFalse();
  }

  @Test
  void theNamedOnesHaveTheirPublishedVariances() {
    assertThat(Initializer.glorotNormal().variance(DENSE)).isEqualTo(2.0 / 700);
    assertThat(Initializer.heNormal().variance(DENSE)).isEqualTo(2.0 / 200);
    assertThat(Initializer.lecunNormal().variance(DENSE)).isEqualTo(1.0 / 200);
    assertThat(Initializer.glorotNormal().form()).isEqualTo(Form.NORMAL);
    assertThat(Initializer.heNormal().form()).isEqualTo(Form.NORMAL);
    assertThat(Initializer.lecunNormal().form()).isEqualTo(Form.NORMAL);
    assertThat(Initializer.glorotUniform())
        .isEqualTo(Initializer.glorotNormal().form(Form.UNIFORM));
    assertThat(Initializer.heUniform()).isEqualTo(Initializer.heNormal().form(Form.UNIFORM));
    assertThat(Initializer.lecunUniform()).isEqualTo(Initializer.lecunNormal().form(Form.UNIFORM));
    // The limits that the papers give for the uniform forms.
    assertThat(Math.sqrt(3 * Initializer.glorotUniform().variance(DENSE)))
        .isCloseTo(Math.sqrt(6.0 / 700), within(1e-15));
    assertThat(Math.sqrt(3 * Initializer.heUniform().variance(DENSE)))
        .isCloseTo(Math.sqrt(6.0 / 200), within(1e-15));
  }

  @Test
  void theFirstEditionsTableIsAskedForByItsGains() {
    VarianceScaling glorot = Initializer.glorotNormal();
    assertThat(Math.sqrt(glorot.gain(4).variance(DENSE)))
        .isCloseTo(4 * Math.sqrt(2.0 / 700), within(1e-15));
    assertThat(Math.sqrt(3 * Initializer.glorotUniform().gain(Math.sqrt(2)).variance(DENSE)))
        .isCloseTo(Math.sqrt(2) * Math.sqrt(6.0 / 700), within(1e-15));
    assertThat(glorot.gain(4).form(Form.UNIFORM)).isEqualTo(Initializer.glorotUniform().gain(4));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN})
  void refusesGains(double gain) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Initializer.heNormal().gain(gain))
        .withMessage("variance scaling: expected a gain above 0, was " + gain);
  }

  @Test
  void emptyWeightsAreDrawnToo() {
    for (Form form : Form.values()) {
      Tensor drawn =
          Initializer.heNormal().form(form).initialize(Shape.of(0, 3), RandomStream.of(SEED));
      assertThat(drawn.size()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesScales(double scale) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new VarianceScaling(scale, Mode.FAN_IN, Form.NORMAL))
        .withMessage("variance scaling: expected a scale above 0, was " + scale);
  }
}
