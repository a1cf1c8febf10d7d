package org.lanewise.nn.regularizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.autodiff.GradientCheck;
import org.lanewise.autodiff.Tape;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.Samples;

final class RegularizerTest {
  private static final Tensor W = Tensor.of(new float[] {3, -4, 0, 0.5f}, 2, 2);

  static Stream<Arguments> penalties() {
    return Stream.of(
        Arguments.of(Regularizer.l1(0.1), 0.75),
        Arguments.of(Regularizer.l2(0.1), 2.525),
        Arguments.of(Regularizer.l1l2(0.1, 0.01), 1.0025),
        Arguments.of(Regularizer.l1l2(0, 0), 0.0));
  }

  @ParameterizedTest
  @MethodSource("penalties")
  void penaltiesAreSumsOverElements(Regularizer regularizer, double expected) {
    double penalty = regularizer.penalty(new Tape().input("w", W)).value().item();
    assertThat(penalty).isEqualTo(expected, within(1e-6));
  }

  @ParameterizedTest
  @MethodSource("penalties")
  void gradientsAreDerivatives(Regularizer regularizer, double expected) {
    GradientCheck.of(w -> regularizer.penalty(w.getFirst()))
        .order(2)
        .seed(3)
        .assertPasses(Samples.awayFromZero(3, 4, 5));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY, 1e39})
  void factorsThatDrawWeightsAwayAreRefused(double factor) {
    for (Runnable maker :
        new Runnable[] {() -> Regularizer.l1(factor), () -> Regularizer.l2(factor)}) {
      assertThatIllegalArgumentException()
          .isThrownBy(maker::run)
          .withMessage(
              "regularizer: expected a factor of at least 0 and finite as a float, was " + factor);
    }
  }

  @Test
  void maxNormScalesWhatLeadsIntoAUnit() {
    Tensor w = Tensor.of(new float[] {3, 0.6f, 1e18f, 4, 0.8f, 0}, 2, 3);
    float[] y = Constraint.maxNorm(1).apply(new Tape().input("w", w)).value().toArray();

    assertThat(y).containsExactly(new float[] {0.6f, 0.6f, 1, 0.8f, 0.8f, 0}, within(1e-6f));
  }

  @Test
  void maxNormLeavesEveryBitOfWhatFits() {
    Tensor w = Samples.uniform(-0.1, 0.1, 4, 30, 20);
    Tensor y = Constraint.maxNorm(0.6).apply(new Tape().input("w", w)).value();
    assertThat(y.sameElements(w)).isTrue();

    Tensor onTheLimit = Tensor.of(new float[] {0.7f, 0}, 2, 1);
    Constraint limit = Constraint.maxNorm(0.7f);
    assertThat(limit.apply(new Tape().input("w", onTheLimit)).value().sameElements(onTheLimit))
        .isTrue();
  }

  @Test
  void maxNormTakesAnyAxes() {
    Tensor w = Tensor.of(new float[] {3, 4, 6, 8}, 2, 2);
    float[] rows = Constraint.maxNorm(5, -1).apply(new Tape().input("w", w)).value().toArray();
    assertThat(rows).containsExactly(new float[] {3, 4, 3, 4}, within(1e-6f));
    float[] all =
        Constraint.maxNorm(Math.sqrt(125) / 2, new int[0])
            .apply(new Tape().input("w", w))
            .value()
            .toArray();
    assertThat(all).containsExactly(new float[] {1.5f, 2, 3, 4}, within(1e-6f));
  }

  @Test
  void aNormThatOverflowsIsSeen() {
    Tensor w = Tensor.of(new float[] {1e30f, 1, 2, 1}, 2, 2);
    float[] y = Constraint.maxNorm(3).apply(new Tape().input("w", w)).value().toArray();
    assertThat(y).containsExactly(Float.NaN, 1, Float.NaN, 1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 1e-19, 1e19, Double.NaN})
  void normsOutOfRangeAreRefused(double norm) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Constraint.maxNorm(norm))
        .withMessage("max_norm: expected a norm from 1.0E-18 to 1.0E18, was " + norm);
  }
}
