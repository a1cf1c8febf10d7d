package org.lanewise.engine.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.lanewise.engine.random.Distribution.TruncatedNormal;

final class DistributionTest {
  private static final long SEED = 20_260_101;
  private static final int N = 1_000_000;

  /** Words that reach the ends and the middle of every distribution. */
  private static final int[] EXTREMES = {
    0, 1, -1, -2, Integer.MIN_VALUE, Integer.MIN_VALUE + 1, Integer.MAX_VALUE, 255, 256
  };

  @Test
  void uniformFollowsItsLaw() {
    assertFollows(Distribution.uniform(-2, 3), x -> (x + 2) / 5);
    assertMoments(Distribution.uniform(-2, 3), 0.5, 25.0 / 12, 25.0 * 25 / 80);
  }

  @Test
  void normalFollowsItsLaw() {
    assertFollows(Distribution.normal(), Statistics::normalBelow);
    assertFollows(Distribution.normal(10, 0.5), x -> Statistics.normalBelow((x - 10) / 0.5));
    assertMoments(Distribution.normal(10, 0.5), 10, 0.25, 3.0 / 16);
  }

  @Test
  void truncatedNormalFollowsItsLaw() {
    double below = Statistics.normalBelow(-2);
    assertFollows(
        Distribution.truncatedNormal(0, 1),
        x -> (Statistics.normalBelow(x) - below) / (1 - 2 * below));
    double variance = TruncatedNormal.STDDEV_AFTER_CUT * TruncatedNormal.STDDEV_AFTER_CUT;
    assertThat(variance).isCloseTo(0.7737413, within(1e-7));
    // The fourth moment about the mean: 3 v - 8 · 2 φ(2) / (2 Φ(2) - 1), by parts.
    double density = Math.exp(-2) / Math.sqrt(2 * Math.PI);
    double fourth = 3 * variance - 16 * density / (1 - 2 * below);
    assertMoments(Distribution.truncatedNormal(3, 2), 3, 4 * variance, 16 * fourth);
  }

  @Test
  void bernoulliFollowsItsLaw() {
    for (double p : new double[] {0.5, 0.1, 0.999, 1e-4}) {
      float[] y = fill(Distribution.bernoulli(p));
      assertThat(y).as("p %s", p).containsOnly(0, 1);
      double z = (Statistics.mean(y) - p) / Math.sqrt(p * (1 - p) / N);
      assertThat(z).as("seed %d, p %s", SEED, p).isCloseTo(0, within(Statistics.FARTHEST_Z));
    }
  }

  @Test
  void bernoulliIsCertainAtTheEnds() {
    assertThat(fill(Distribution.bernoulli(0))).containsOnly(0);
    assertThat(fill(Distribution.bernoulli(1))).containsOnly(1);
    assertThat(extremes(Distribution.bernoulli(0))).containsOnly(0);
    assertThat(extremes(Distribution.bernoulli(1))).containsOnly(1);
  }

  @Test
  void uniformStaysBelowHigh() {
    float[][] bounds = {
      {0, 1},
      {1, 2},
      {-1, 1},
      {1, Math.nextUp(1f)},
      {0, Float.MIN_VALUE},
      {-Float.MAX_VALUE, Float.MAX_VALUE},
      {-2, -1}
    };
    for (float[] bound : bounds) {
      for (float y : extremes(Distribution.uniform(bound[0], bound[1]))) {
        assertThat(y).isGreaterThanOrEqualTo(bound[0]).isLessThan(bound[1]);
      }
    }
    assertThat(extremes(Distribution.uniform(0, 1))[0]).isZero();
    assertThat(extremes(Distribution.uniform(0, 1))[2]).isEqualTo(1 - 0x1p-24f);
  }

  @Test
  void normalIsFiniteAndSymmetricInTheFarthestTails() {
    float[] z = extremes(Distribution.normal());
    for (float value : z) {
      assertThat(value).isBetween(-6.34f, 6.34f);
    }
    // The middles of the outermost of 2^32 cells: words MIN_VALUE and MAX_VALUE.
    assertThat(z[4]).isCloseTo(-6.338f, within(1e-3f));
    assertThat(z[6]).isEqualTo(-z[4]);
    float[] cut = extremes(Distribution.truncatedNormal(0, 1));
    assertThat(cut[4]).isCloseTo(-2, within(1e-6f)).isGreaterThanOrEqualTo(-2);
    assertThat(cut[6]).isEqualTo(-cut[4]);
  }

  @Test
  void tailsHaveTheirShare() {
    float[] z = fill(Distribution.normal());
    for (int limit = 1; limit <= 4; limit++) {
      double p = 2 * Statistics.normalBelow(-limit);
      int beyond = 0;
      for (float value : z) {
        beyond += Math.abs(value) > limit ? 1 : 0;
      }
      assertThat((beyond - N * p) / Math.sqrt(N * p * (1 - p)))
          .as("seed %d, beyond %d", SEED, limit)
          .isCloseTo(0, within(Statistics.FARTHEST_Z));
    }
  }

  @Test
  void noSpreadGivesTheMean() {
    assertThat(extremes(Distribution.normal(1.5, 0))).containsOnly(1.5f);
    assertThat(extremes(Distribution.truncatedNormal(1.5, 0))).containsOnly(1.5f);
  }

  @Test
  void badParameters() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Distribution.uniform(1, 1))
        .withMessage("uniform: expected finite low < high as floats, was low 1.0, high 1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Distribution.uniform(1, 1 + 1e-12))
        .withMessageContaining("low 1.0, high 1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Distribution.uniform(0, 1e39))
        .withMessageContaining("high Infinity");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Distribution.uniform(Double.NaN, 1))
        .withMessageContaining("low NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Distribution.normal(Double.NaN, 1))
        .withMessage("normal: expected a finite mean, was NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Distribution.normal(0, -1))
        .withMessage("normal: expected a finite stddev >= 0, was -1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Distribution.truncatedNormal(0, Double.POSITIVE_INFINITY))
        .withMessage("truncatedNormal: expected a finite stddev >= 0, was Infinity");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Distribution.normal(0, 1e38))
        .withMessage("normal: draws of mean 0.0 and stddev 1.0E38 overflow a float");
    for (double p : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Distribution.bernoulli(p))
          .withMessage("bernoulli: expected 0 <= p <= 1, was p " + p);
    }
  }

  private static void assertFollows(Distribution distribution, DoubleUnaryOperator cumulative) {
    assertThat(Statistics.kolmogorov(fill(distribution), cumulative))
        .as("seed %d, %s", SEED, distribution)
        .isLessThan(Statistics.FARTHEST_KOLMOGOROV);
  }

  /** Compares mean and variance with their own standard errors; fourth is about the mean. */
  private static void assertMoments(
      Distribution distribution, double mean, double variance, double fourth) {
    float[] y = fill(distribution);
    assertThat((Statistics.mean(y) - mean) / Math.sqrt(variance / N))
        .as("mean, seed %d, %s", SEED, distribution)
        .isCloseTo(0, within(Statistics.FARTHEST_Z));
    assertThat((Statistics.variance(y) - variance) / Math.sqrt((fourth - variance * variance) / N))
        .as("variance, seed %d, %s", SEED, distribution)
        .isCloseTo(0, within(Statistics.FARTHEST_Z));
  }

  private static float[] fill(Distribution distribution) {
    float[] y = new float[N];
    RandomStream.of(SEED).fill(distribution, y, 0, N);
    return y;
  }

  private static float[] extremes(Distribution distribution) {
    float[] y = new float[EXTREMES.length];
    distribution.transform(EXTREMES, y, 0, y.length);
    return y;
  }
}
