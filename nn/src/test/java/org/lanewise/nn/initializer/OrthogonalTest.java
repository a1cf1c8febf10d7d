package org.lanewise.nn.initializer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.random.RandomStream;
import org.lanewise.nn.Statistics;

final class OrthogonalTest {
  private static final long SEED = 23;

  /** A vector's length and its products with others, within a few roundings to float. */
  @ParameterizedTest
  @CsvSource({"1, 1", "5, 5", "40, 7", "7, 40", "1, 9", "9, 1", "300, 100"})
  void theShorterSideIsOrthogonal(int rows, int columns) {
    double gain = 1.5;
    Tensor drawn = new Orthogonal(gain).initialize(Shape.of(rows, columns), RandomStream.of(SEED));
    int count = Math.min(rows, columns);
    for (int i = 0; i < count; i++) {
      for (int j = 0; j <= i; j++) {
        double dot = 0;
        for (int k = 0; k < Math.max(rows, columns); k++) {
          dot +=
              columns <= rows
                  ? drawn.get(k, i) * (double) drawn.get(k, j)
                  : drawn.get(i, k) * (double) drawn.get(j, k);
        }
        assertThat(dot).as("seed %d", SEED).isCloseTo(i == j ? gain * gain : 0, within(5e-7));
      }
    }
  }

  @Test
  void theFiltersOfAConvolutionAreOrthogonal() {
    RandomStream stream = RandomStream.of(SEED);
    Tensor filters = new Orthogonal(1).initialize(Shape.of(3, 3, 2, 5), stream);
    Tensor matrix = new Orthogonal(1).initialize(Shape.of(18, 5), stream);
    assertThat(filters.reshape(Shape.of(18, 5)).sameElements(matrix)).isTrue();
  }

  /**
   * Of a rotation of space that is equally likely to be any, every element is uniform between −1
   * and 1 (Archimedes: the area of a sphere between two planes), and so is a vector's angle in the
   * plane. A million matrices each.
   */
  @Test
  void everyRotationIsEquallyLikely() {
    int n = 1_000_000;
    float[] elements = new float[n];
    float[] angles = new float[n];
    RandomStream stream = RandomStream.of(SEED);
    for (int i = 0; i < n; i++) {
      RandomStream own = stream.skip(12L * i);
      elements[i] = new Orthogonal(1).initialize(Shape.of(3, 3), own).get(i % 3, i / 3 % 3);
      Tensor plane = new Orthogonal(1).initialize(Shape.of(2, 2), own);
      angles[i] = (float) Math.atan2(plane.get(i % 2, 0), plane.get(i % 2, 1));
    }
    double stddev = 1 / Math.sqrt(3);
    assertThat(Statistics.meanZ(elements, 0, stddev))
        .as("seed %d", SEED)
        .isCloseTo(0, within(Statistics.FARTHEST_Z));
    assertThat(Statistics.varianceZ(elements, 0, stddev, 9.0 / 5))
        .as("seed %d", SEED)
        .isCloseTo(0, within(Statistics.FARTHEST_Z));
    assertThat(Statistics.kolmogorov(elements, x -> (x + 1) / 2))
        .as("seed %d", SEED)
        .isLessThan(Statistics.FARTHEST_KOLMOGOROV);
    assertThat(Statistics.kolmogorov(angles, x -> (x + Math.PI) / (2 * Math.PI)))
        .as("seed %d", SEED)
        .isLessThan(Statistics.FARTHEST_KOLMOGOROV);
  }

  @Test
  void emptyMatricesAreDrawnToo() {
    Orthogonal orthogonal = new Orthogonal(1);
    assertThat(orthogonal.initialize(Shape.of(0, 3), RandomStream.of(SEED)).size()).isZero();
    assertThat(orthogonal.initialize(Shape.of(3, 0), RandomStream.of(SEED)).size()).isZero();
  }

  @Test
  void refusesVectors() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Orthogonal(1).initialize(Shape.of(4), RandomStream.of(SEED)))
        .withMessage("orthogonal: expected a shape of at least two axes, was [4]");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 1e-50, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesGains(double gain) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Orthogonal(gain))
        .withMessage("orthogonal: expected a gain above 0 and finite as a float, was " + gain);
  }
}
