package org.lanewise.engine.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class NormalQuantileTest {
  @Test
  void publishedQuantiles() {
    assertThat(NormalQuantile.ofDistanceFromMedian(0)).isZero();
    assertThat(NormalQuantile.ofDistanceFromMedian(0.475)).isCloseTo(1.959963984540054, eps(2));
    assertThat(NormalQuantile.ofDistanceFromMedian(-0.499)).isCloseTo(-3.090232306167813, eps(3));
  }

  @Test
  void invertsTheCumulativeDistribution() {
    long seed = 201;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 100_000; i++) {
      // Probabilities of all magnitudes from 2^-33 to a half.
      double q = 0.5 * Math.pow(2, -32 * random.nextDouble()) - 0.5;
      double probability = 0.5 + q;
      double z = NormalQuantile.ofDistanceFromMedian(q);
      // An error of z changes the probability by the density times it.
      double density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
      double tolerance =
          density * NormalQuantile.RELATIVE_ERROR * Math.abs(z)
              + Statistics.errorOfNormalBelow(z, probability);
      assertThat(Statistics.normalBelow(z))
          .as("seed %d, probability %s", seed, probability)
          .isCloseTo(probability, within(tolerance));
    }
  }

  @Test
  void isOdd() {
    for (int i = 0; i <= 1000; i++) {
      double q = NormalQuantile.LIMIT * i / 1000;
      assertThat(NormalQuantile.ofDistanceFromMedian(-q))
          .isEqualTo(-NormalQuantile.ofDistanceFromMedian(q));
    }
  }

  @Test
  void rises() {
    double last = Double.NEGATIVE_INFINITY;
    for (int i = -10_000; i <= 10_000; i++) {
      double z = NormalQuantile.ofDistanceFromMedian(NormalQuantile.LIMIT * i / 10_000);
      assertThat(z).isGreaterThan(last);
      last = z;
    }
    assertThat(last).isFinite();
  }

  private static Offset<Double> eps(double magnitude) {
    return within(magnitude * NormalQuantile.RELATIVE_ERROR);
  }
}
