package org.lanewise.nn.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.autodiff.GradientCheck;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.Samples;

final class GradientNormTest {
  private static final long SEED = 11;

  private static GradientNorm joint(Tensor... gradients) {
    Tape tape = new Tape();
    List<Variable> variables = Arrays.stream(gradients).map(tape::constant).toList();
    return GradientNorm.joint(variables).orElseThrow();
  }

  private static double value(Tensor... gradients) {
    return joint(gradients).value().value().item();
  }

  private static float isFinite(Tensor... gradients) {
    return joint(gradients).isFinite().value().item();
  }

  @Test
  void isTheRootOfTheSumOfSquares() {
    assertThat(value(Tensor.of(new float[] {1, -2, 3, -4}, 2, 2), Tensor.vector(-1, 3, 9)))
        .isEqualTo(11);
    assertThat(value(Tensor.vector(0, 0))).isZero();
    assertThat(GradientNorm.joint(List.of())).isEmpty();
  }

  @Test
  void itsDerivativeAtZeroIsZero() {
    Tape tape = new Tape();
    Variable x = tape.constant(Tensor.vector(0, 0));
    Variable y = tape.constant(Tensor.vector(3, -4));
    Variable norm = GradientNorm.of(x).value().add(GradientNorm.of(y).value());
    assertThat(tape.gradients(norm, x, y).of(x).value().toArray()).containsExactly(0, 0);
    assertThat(tape.gradients(norm, x, y).of(y).value().toArray()).containsExactly(0.6f, -0.8f);
  }

  /** The factor is no float then: documented with it. */
  @Test
  void aFactorBelowTheLeastFloatIsZero() {
    Tape tape = new Tape();
    GradientNorm norm = GradientNorm.of(tape.constant(Tensor.vector(1e30f)));
    assertThat(norm.factor(tape.constant(1e-14)).value().item())
        .isCloseTo(1e-44f, within(Float.MIN_VALUE));
    assertThat(norm.factor(tape.constant(1e-16)).value().item()).isZero();
  }

  /** The squares overflow from 2⁶⁴ on, and those of the small element in the scaled sum are 0. */
  @ParameterizedTest
  @ValueSource(doubles = {0x1p30, 0x1p63, 0x1p64, 0x1p90, 0x1p124})
  void isRightAsLongAsItIsAFloat(double scale) {
    float one = (float) scale;
    double norm = value(Tensor.vector(2 * one, 1e-10f), Tensor.vector(-3 * one, 6 * one));
    assertThat(norm / scale).isEqualTo(7);
    assertThat(isFinite(Tensor.vector(one, 1))).isEqualTo(1);
  }

  /**
   * Scaled they would be subnormal, or their squares: a step of small gradients took twice as long.
   */
  @Test
  void scalesNothingToSubnormalNumbers() {
    assertThat(joint(Tensor.vector(0x1p35f, -0x1p35f, 0)).scaledSquares().value().item())
        .isEqualTo(3 * 0x1p-120f);
    assertThat(joint(Tensor.vector(-0x1p40f)).scaledSquares().value().item()).isEqualTo(0x1p-112f);
  }

  @Test
  void tellsWhetherEveryElementIsFinite() {
    Tensor largest = Tensor.full(-Float.MAX_VALUE, Tensor.zeros(1000).shape());
    assertThat(isFinite(largest)).isEqualTo(1);
    for (float broken : new float[] {Float.NaN, Float.POSITIVE_INFINITY, -1 / 0f}) {
      assertThat(isFinite(Tensor.vector(1, broken), Tensor.vector(2))).isZero();
      assertThat(value(Tensor.vector(1, broken))).matches(norm -> !Double.isFinite(norm));
    }
  }

  @Test
  void isTakenOfUnits() {
    Tape tape = new Tape();
    Variable gradient = tape.constant(Tensor.of(new float[] {3, 3e25f, 4, 4e25f}, 2, 2));
    assertThat(GradientNorm.of(gradient, 0).value().value().toArray())
        .containsExactly(new float[] {5, 5e25f}, within(1e19f));
    assertThat(GradientNorm.of(gradient, 0).factor(tape.constant(10)).value().toArray())
        .containsExactly(new float[] {1, 2e-25f}, within(1e-31f));
  }

  @Test
  void isDifferentiable() {
    GradientCheck.of(gradients -> GradientNorm.joint(gradients).orElseThrow().value())
        .seed(SEED)
        .assertPasses(Samples.normal(SEED, 2, 3), Samples.normal(SEED + 1, 4));
  }
}
