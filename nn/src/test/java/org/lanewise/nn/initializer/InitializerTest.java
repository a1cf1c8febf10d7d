package org.lanewise.nn.initializer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.engine.Shape;
import org.lanewise.engine.random.RandomStream;
import org.lanewise.nn.Statistics;
import org.lanewise.nn.initializer.VarianceScaling.Form;
import org.lanewise.nn.initializer.VarianceScaling.Mode;

final class InitializerTest {
  private static final long SEED = 11;

  /** A million elements: fan-in 400 and fan-out 2500. */
  private static final Shape MILLION = Shape.of(400, 2500);

  private static Stream<Arguments> plainLaws() {
    return Stream.of(
        Arguments.of(Initializer.uniform(-1, 5), Law.UNIFORM, 2, Math.sqrt(3)),
        Arguments.of(Initializer.normal(0.5, 2), Law.NORMAL, 0.5, 2),
        Arguments.of(Initializer.truncatedNormal(-3, 0.1), Law.TRUNCATED_NORMAL, -3, 0.1));
  }

  /** Every law a million weights are drawn from, with its mean and standard deviation. */
  private static Stream<Arguments> laws() {
    Map<Mode, Double> n = Map.of(Mode.FAN_IN, 400.0, Mode.FAN_OUT, 2500.0, Mode.FAN_AVG, 1450.0);
    Stream<Arguments> scaled =
        Arrays.stream(Mode.values())
            .flatMap(
                mode ->
                    Arrays.stream(Form.values())
                        .map(
                            form ->
                                Arguments.of(
                                    new VarianceScaling(2, mode, form),
                                    Law.of(form),
                                    0,
                                    Math.sqrt(2 / n.get(mode)))));
    return Stream.concat(plainLaws(), scaled);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("laws")
  void aMillionDrawsFollowTheLaw(Initializer initializer, Law law, double mean, double stddev) {
    float[] drawn = initializer.initialize(MILLION, RandomStream.of(SEED)).toArray();
    assertThat(Statistics.meanZ(drawn, mean, stddev))
        .as("mean, seed %d", SEED)
        .isCloseTo(0, within(Statistics.FARTHEST_Z));
    assertThat(Statistics.varianceZ(drawn, mean, stddev, law.kurtosis()))
        .as("variance, seed %d", SEED)
        .isCloseTo(0, within(Statistics.FARTHEST_Z));
    assertThat(
            Statistics.kolmogorov(drawn, x -> law.cumulative().applyAsDouble((x - mean) / stddev)))
        .as("distribution, seed %d", SEED)
        .isLessThan(Statistics.FARTHEST_KOLMOGOROV);
    // Rounding to float may reach a little beyond the bound.
    double bound = law.bound() * stddev + 1e-7 * (Math.abs(mean) + law.bound() * stddev);
    for (float x : drawn) {
      if (Math.abs(x - mean) > bound) {
        throw new AssertionError(x + " is beyond the bound, seed " + SEED);
      }
    }
  }

  /**
   * The tests above tell laws apart: each law's draws fail as those of another of the same mean and
   * variance.
   */
  @ParameterizedTest
  @MethodSource("plainLaws")
  void theTestOfTheLawTellsLawsApart(Initializer initializer, Law law, double mean, double stddev) {
    float[] drawn = initializer.initialize(MILLION, RandomStream.of(SEED)).toArray();
    for (Form form : Form.values()) {
      Law other = Law.of(form);
      if (!other.equals(law)) {
        assertThat(
                Statistics.kolmogorov(
                    drawn, x -> other.cumulative().applyAsDouble((x - mean) / stddev)))
            .isGreaterThan(Statistics.FARTHEST_KOLMOGOROV);
      }
    }
  }

  @Test
  void constantsAreEverywhere() {
    Shape shape = Shape.of(2, 3);
    RandomStream stream = RandomStream.of(SEED);
    assertThat(Initializer.zeros().initialize(shape, stream).toArray()).containsOnly(0);
    assertThat(Initializer.ones().initialize(shape, stream).toArray()).containsOnly(1);
    assertThat(Initializer.constant(0.25).initialize(shape, stream).shape()).isEqualTo(shape);
    assertThat(Initializer.constant(0.25).initialize(shape, stream).toArray()).containsOnly(0.25f);
  }

  @Test
  void theIdentityIsOnTheDiagonal() {
    RandomStream stream = RandomStream.of(SEED);
    assertThat(Initializer.identity().initialize(Shape.of(2, 3), stream).toArray())
        .containsExactly(1, 0, 0, 0, 1, 0);
    assertThat(new IdentityMatrix(0.5).initialize(Shape.of(3, 2), stream).toArray())
        .containsExactly(0.5f, 0, 0, 0.5f, 0, 0);
    assertThat(Initializer.identity().initialize(Shape.of(0, 2), stream).size()).isZero();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Initializer.identity().initialize(Shape.of(3), stream))
        .withMessage("identity: expected the shape of a matrix, was [3]");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.NEGATIVE_INFINITY, 1e39})
  void refusesValuesThatAreNotFinite(double value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Initializer.constant(value))
        .withMessage("constant: expected a value that is finite as a float, was " + value);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new IdentityMatrix(value))
        .withMessage("identity: expected a gain that is finite as a float, was " + value);
  }

  @Test
  void refusesWhatTheDistributionRefuses() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Initializer.uniform(1, 1))
        .withMessage("uniform: expected finite low < high as floats, was low 1.0, high 1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Initializer.normal(0, -1))
        .withMessage("normal: expected a finite stddev >= 0, was -1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Initializer.truncatedNormal(0, -1))
        .withMessage(
            "truncated normal: expected a standard deviation of at least 0 and finite as a float,"
                + " was -1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Initializer.truncatedNormal(Double.NaN, 1))
        .withMessage("truncatedNormal: expected a finite mean, was NaN");
  }

  @Test
  void equalDescriptionsAreEqual() {
    assertThat(Initializer.zeros()).isEqualTo(Initializer.constant(0));
    assertThat(Initializer.normal(0, 2)).isEqualTo(Initializer.normal(0, 2));
    assertThat(Initializer.orthogonal()).isEqualTo(new Orthogonal(1));
    assertThat(Initializer.identity()).isEqualTo(new IdentityMatrix(1));
  }
}
