package org.lanewise.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.Samples;
import org.lanewise.nn.layer.Activation.Elu;
import org.lanewise.nn.layer.Activation.LeakyRelu;

final class ActivationTest {
  private static final long SEED = 8;
  private static final float MAX = Float.MAX_VALUE;
  private static final double SELU_SLOPE = 1.0507009873554805;
  private static final double SELU_LIMIT = 1.0507009873554805 * 1.6732632423543772;

  /**
   * What an activation is, written down once more: its values and slopes, the limits of both at ±∞,
   * and the slope that is declared at 0.
   */
  private record Expected(
      DoubleUnaryOperator value,
      DoubleUnaryOperator slope,
      double atMinusInfinity,
      double atPlusInfinity,
      double slopeBelow,
      double slopeAbove,
      double slopeAtZero) {}

  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private static final Map<Activation, Expected> EXPECTED =
      Map.of(
          new Activation.Logistic(),
          new Expected(
              x -> 1 / (1 + Math.exp(-x)),
              x -> 1 / (2 + Math.exp(x) + Math.exp(-x)),
              0,
              1,
              0,
              0,
              0.25),
          new Activation.Tanh(),
          new Expected(Math::tanh, x -> 1 / (Math.cosh(x) * Math.cosh(x)), -1, 1, 0, 0, 1),
          new Activation.Relu(),
          new Expected(x -> Math.max(0, x), x -> x > 0 ? 1 : 0, 0, INFINITY, 0, 1, 0),
          new LeakyRelu(0.01),
          new Expected(
              x -> x > 0 ? x : 0.01 * x, x -> x > 0 ? 1 : 0.01, -INFINITY, INFINITY, 0.01, 1, 0.01),
          new LeakyRelu(0.2),
          new Expected(
              x -> x > 0 ? x : 0.2 * x, x -> x > 0 ? 1 : 0.2, -INFINITY, INFINITY, 0.2, 1, 0.2),
          new Elu(1),
          new Expected(
              x -> x > 0 ? x : Math.expm1(x), x -> x > 0 ? 1 : Math.exp(x), -1, INFINITY, 0, 1, 1),
          new Elu(0.5),
          new Expected(
              x -> x > 0 ? x : 0.5 * Math.expm1(x),
              x -> x > 0 ? 1 : 0.5 * Math.exp(x),
              -0.5,
              INFINITY,
              0,
              1,
              0.5),
          new Activation.Selu(),
          new Expected(
              x -> x > 0 ? SELU_SLOPE * x : SELU_LIMIT * Math.expm1(x),
              x -> x > 0 ? SELU_SLOPE : SELU_LIMIT * Math.exp(x),
              -SELU_LIMIT,
              INFINITY,
              0,
              SELU_SLOPE,
              SELU_LIMIT));

  private static Stream<Activation> activations() {
    return Stream.concat(Activation.all().stream(), Stream.of(new LeakyRelu(0.2), new Elu(0.5)));
  }

  private static Expected expected(Activation activation) {
    Expected expected = EXPECTED.get(activation);
    if (expected == null) {
      throw new AssertionError("write down what " + activation + " is");
    }
    return expected;
  }

  private static float[] values(Activation activation, float... x) {
    return activation.of(new Tape().constant(Tensor.vector(x))).value().toArray();
  }

  private static float[] slopes(Activation activation, float... x) {
    Tape tape = new Tape();
    Variable input = tape.input("x", Tensor.vector(x));
    return tape.gradients(activation.of(input).sum(), input).of(input).value().toArray();
  }

  /** Ordinary points of every size, near to and far from 0. */
  private static float[] points() {
    List<Float> points = new ArrayList<>();
    for (float x : Samples.normal(SEED, 500).toArray()) {
      points.add(x);
      points.add(20 * x);
    }
    for (float x = MAX; x > 0; x /= 8) {
      points.add(x);
      points.add(-x);
    }
    float[] array = new float[points.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = points.get(i);
    }
    return array;
  }

  /** A few roundings of float32, relative; below the normal floats a few of the smallest. */
  @ParameterizedTest
  @MethodSource("activations")
  void valuesFollowTheFormula(Activation activation) {
    float[] x = points();
    float[] y = values(activation, x);
    for (int i = 0; i < x.length; i++) {
      double value = expected(activation).value().applyAsDouble(x[i]);
      if (Math.abs(value) > MAX) {
        assertThat((double) y[i]).as("at %s", x[i]).isEqualTo(Math.signum(value) * INFINITY);
      } else {
        double tolerance = 4e-7 * Math.abs(value) + 3 * Float.MIN_VALUE;
        assertThat((double) y[i])
            .as("at %s, seed %d", x[i], SEED)
            .isCloseTo(value, within(tolerance));
      }
    }
  }

  /** The slopes are differences of numbers up to 2, which float32 rounds to 1.2e-7. */
  @ParameterizedTest
  @MethodSource("activations")
  void slopesFollowTheFormulaAndAreFinite(Activation activation) {
    float[] x = points();
    float[] gx = slopes(activation, x);
    for (int i = 0; i < x.length; i++) {
      double slope = expected(activation).slope().applyAsDouble(x[i]);
      assertThat((double) gx[i]).as("at %s, seed %d", x[i], SEED).isCloseTo(slope, within(5e-7));
    }
  }

  @ParameterizedTest
  @MethodSource("activations")
  void extremeInputsGiveTheLimits(Activation activation) {
    Expected expected = expected(activation);
    float[] y = values(activation, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, Float.NaN);
    assertThat(y[0]).isEqualTo((float) expected.atMinusInfinity());
    assertThat(y[1]).isEqualTo((float) expected.atPlusInfinity());
    assertThat(y[2]).isNaN();
    float[] huge = {-1e4f, -1e30f, -MAX, 1e4f, 1e30f, MAX};
    float[] gx = slopes(activation, huge);
    for (int i = 0; i < huge.length; i++) {
      assertThat(gx[i])
          .as("at %s", huge[i])
          .isEqualTo((float) (i < 3 ? expected.slopeBelow() : expected.slopeAbove()));
    }
  }

  @ParameterizedTest
  @MethodSource("activations")
  void slopesStayFiniteToSecondOrder(Activation activation) {
    Tape tape = new Tape();
    Variable x = tape.input("x", Tensor.vector(-MAX, -1e4f, -100, -0f, 0, 100, 1e4f, MAX));
    Variable slope = tape.gradients(activation.of(x).sum(), x).of(x);
    for (float second : tape.gradients(slope.sum(), x).of(x).value().toArray()) {
      assertThat(second).isFinite();
    }
  }

  @ParameterizedTest
  @MethodSource("activations")
  void slopesAtZeroAreAsDeclared(Activation activation) {
    double zero = activation instanceof Activation.Logistic ? 0.5 : 0;
    for (float y : values(activation, 0f, -0f)) {
      assertThat((double) Math.abs(y)).isEqualTo(zero);
    }
    float slope = (float) expected(activation).slopeAtZero();
    assertThat(slopes(activation, 0f, -0f)).containsExactly(slope, slope);
  }

  @Test
  void seluKeepsMeanAndVariance() {
    // The integral over the standard normal density by the trapezoidal rule, exact here to 1e-9.
    double mean = 0;
    double square = 0;
    double step = 1e-4;
    for (double x = -12; x <= 12; x += step) {
      double y = x > 0 ? Activation.Selu.LAMBDA * x : SELU_LIMIT * Math.expm1(x);
      double weight = step * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
      mean += weight * y;
      square += weight * y * y;
    }
    assertThat(mean).isCloseTo(0, within(1e-8));
    assertThat(square).isCloseTo(1, within(1e-8));
    assertThat(Activation.Selu.LAMBDA * Activation.Selu.ALPHA).isEqualTo(SELU_LIMIT);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.01, 1.01, Double.NaN, Double.POSITIVE_INFINITY})
  void leakyReluRefusesSlopes(double alpha) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Layers.leakyRelu(alpha))
        .withMessage("leaky_relu: expected alpha from 0 to 1, was " + alpha);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.01, Double.NaN, Double.POSITIVE_INFINITY})
  void eluRefusesAlphas(double alpha) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Layers.elu(alpha))
        .withMessage("elu: expected a finite alpha of at least 0, was " + alpha);
  }

  @Test
  void alphaMayBeAtTheEndsOfItsRange() {
    assertThat(values(new LeakyRelu(0), -3, -MAX, 2)).containsExactly(-0f, -0f, 2);
    assertThat(values(new LeakyRelu(1), -3, 2)).containsExactly(-3, 2);
    assertThat(values(new Elu(0), -3, 2)).containsExactly(-0f, 2);
  }
}
