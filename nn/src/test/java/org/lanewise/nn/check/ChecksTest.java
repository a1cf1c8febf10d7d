package org.lanewise.nn.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ChecksTest {
  @ParameterizedTest
  @ValueSource(
      doubles = {0, -1, 1e-46, 1e39, Double.NaN, Double.POSITIVE_INFINITY, Double.MIN_VALUE})
  void refusesWhatIsNotPositiveAsAFloat(double value) {
    assertThat(Checks.isPositive(value)).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Checks.positive("adam", "epsilon", value))
        .withMessage("adam: expected epsilon above 0 and finite as a float, was " + value);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-45, 1, 3.4e38})
  void takesWhatIsPositive(double value) {
    assertThat(Checks.isPositive(value)).isTrue();
    assertThatNoException().isThrownBy(() -> Checks.positive("adam", "epsilon", value));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e39, Double.NEGATIVE_INFINITY, Double.NaN})
  void refusesWhatIsNotFiniteAsAFloat(double value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Checks.finite("constant", "a value", value))
        .withMessage("constant: expected a value that is finite as a float, was " + value);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Checks.notNegative("l1", "a factor", value))
        .withMessage("l1: expected a factor of at least 0 and finite as a float, was " + value);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1e-9, 1.0000001, Double.NaN})
  void refusesWhatIsNoFraction(double value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Checks.fraction("batch_norm", "a momentum", value))
        .withMessage("batch_norm: expected a momentum from 0 to 1, was " + value);
  }

  /** The last is below 1, but not as a float. */
  @ParameterizedTest
  @ValueSource(doubles = {-1e-9, 1, Double.NaN, 1 - 1e-12})
  void refusesWhatIsNoDecay(double value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Checks.decay("adam", "beta1", value))
        .withMessage("adam: expected beta1 from 0 to below 1, was " + value);
  }

  @Test
  void takesTheBounds() {
    assertThatNoException()
        .isThrownBy(
            () -> {
              Checks.fraction("batch_norm", "a momentum", 0);
              Checks.fraction("batch_norm", "a momentum", 1);
              Checks.decay("adam", "beta1", 0);
              Checks.decay("adam", "beta1", 0.999);
            });
  }
}
