package org.lanewise.nn.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lanewise.nn.golden.GoldenCase;
import org.lanewise.nn.golden.GoldenFile;

/** Every optimizer, 50 steps along given gradients, with numbers that stay and that change. */
final class GoldenOptimizersTest {
  /**
   * How far a parameter may be off, as a share of the largest on its way. A step rounds it once, by
   * half a unit in the last place, 2⁻²⁴ at most; 50 such errors of either sign add up to less than
   * 17 of one, and the steps themselves, which are right to a few units, are smaller.
   */
  private static final double TOLERANCE = 17 * 0x1p-24;

  private static List<GoldenCase> cases() {
    return GoldenFile.read("optimizers");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void followsItsTrajectory(GoldenCase golden) {
    Optimizer optimizer = ListedOptimizers.all(golden.number("learning_rate")).get(golden.name());
    Descent descent = new Descent(optimizer, golden.get("x").tensor());
    double[] rates = golden.get("learning_rates").values();
    double[] momenta = golden.get("momenta").values();
    float[] gradients = golden.get("gradients").tensor().array();
    double[] expected = golden.get("y").values();
    int size = golden.get("x").values().length;
    for (int t = 0; t < rates.length; t++) {
      descent.schedule(rates[t], momenta[t]);
      descent.step(Arrays.copyOfRange(gradients, t * size, (t + 1) * size));
      for (int i = 0; i < size; i++) {
        assertThat((double) descent.parameter()[i])
            .as("parameter %d after step %d", i, t + 1)
            .isCloseTo(expected[t * size + i], within(TOLERANCE * largest(expected, i, size)));
      }
    }
  }

  private static double largest(double[] trajectory, int parameter, int size) {
    double largest = 0;
    for (int i = parameter; i < trajectory.length; i += size) {
      largest = Math.max(largest, Math.abs(trajectory[i]));
    }
    return largest;
  }

  @Test
  void everyListedOptimizerHasGoldenValuesOfItsNumbers() {
    assertThat(cases().stream().map(GoldenCase::name).collect(Collectors.toSet()))
        .isEqualTo(ListedOptimizers.all(1).keySet());
  }
}
