package org.lanewise.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.operation.Elementwise;
import org.lanewise.engine.reference.Reference;

/** Gradients of gradients against closed forms. */
class HigherOrderTest {
  private static final double[] POINTS = {-1.5, -0.25, 0.75, 2};

  /** f, f′, f″ … at a point in double precision, each also compared in float32. */
  private static List<Double> derivatives(UnaryOperator<Variable> function, double at, int order) {
    Tape tape = new Tape();
    Variable x = tape.input("x", Tensor.scalar((float) at));
    Variable y = function.apply(x);
    List<Double> found = new ArrayList<>();
    for (int k = 0; k <= order; k++) {
      double value = new Reference().value(y.node())[0];
      assertThat((double) y.value().item())
          .as("derivative %d at %s in float32", k, at)
          .isCloseTo(value, within(1e-5 * (1 + Math.abs(value))));
      found.add(value);
      y = tape.gradients(y, x).of(x);
    }
    return found;
  }

  private static void assertDerivatives(
      UnaryOperator<Variable> function, double at, double... expected) {
    List<Double> found = derivatives(function, at, expected.length - 1);
    for (int k = 0; k < expected.length; k++) {
      assertThat(found.get(k))
          .as("derivative %d at %s", k, at)
          .isCloseTo(expected[k], within(1e-12 * (1 + Math.abs(expected[k]))));
    }
  }

  @Test
  void fourthPower() {
    List<UnaryOperator<Variable>> ways =
        List.of(
            x -> x.pow(4),
            x -> x.square().square(),
            x -> x.multiply(x).multiply(x).multiply(x),
            x -> x.record(new Cube(Cube.Mistake.NONE)).multiply(x));
    for (UnaryOperator<Variable> way : ways) {
      for (double x : POINTS) {
        assertDerivatives(way, x, x * x * x * x, 4 * x * x * x, 12 * x * x, 24 * x, 24, 0, 0);
      }
      assertDerivatives(way, 0, 0, 0, 0, 0, 24, 0, 0);
    }
  }

  @Test
  void tanh() {
    for (double x : POINTS) {
      double t = Math.tanh(x);
      double s = 1 - t * t;
      assertDerivatives(
          Variable::tanh, x, t, s, -2 * t * s, s * (6 * t * t - 2), s * t * (16 - 24 * t * t));
    }
  }

  @Test
  void exp() {
    for (double x : POINTS) {
      double e = Math.exp(x);
      assertDerivatives(Variable::exp, x, e, e, e, e, e);
      assertDerivatives(Variable::expm1, x, Math.expm1(x), e, e, e);
    }
  }

  @Test
  void logarithmAndRoots() {
    double x = 0.75;
    assertDerivatives(
        Variable::log, x, Math.log(x), 1 / x, -1 / (x * x), 2 / (x * x * x), -6 / Math.pow(x, 4));
    assertDerivatives(
        Variable::sqrt,
        x,
        Math.sqrt(x),
        0.5 * Math.pow(x, -0.5),
        -0.25 * Math.pow(x, -1.5),
        0.375 * Math.pow(x, -2.5));
    assertDerivatives(
        Variable::rsqrt,
        x,
        Math.pow(x, -0.5),
        -0.5 * Math.pow(x, -1.5),
        0.75 * Math.pow(x, -2.5),
        -1.875 * Math.pow(x, -3.5));
  }

  @Test
  void powersOfBothOperands() {
    // (x^x)′ = x^x (1 + log x), (x^x)″ = x^x ((1 + log x)² + 1/x)
    double x = 0.75;
    double l = 1 + Math.log(x);
    double p = Math.pow(x, x);
    assertDerivatives(v -> v.pow(v), x, p, p * l, p * (l * l + 1 / x));
    // ∂²(x^a)/∂x∂a at a = 0 is 1/x.
    Tape tape = new Tape();
    Variable base = tape.input("base", Tensor.scalar(0.75f));
    Variable exponent = tape.input("exponent", Tensor.scalar(0));
    Variable byBase = tape.gradients(base.pow(exponent), base).of(base);
    Variable mixed = tape.gradients(byBase, exponent).of(exponent);
    assertThat(new Reference().value(mixed.node())[0]).isCloseTo(1 / x, within(1e-12));
  }

  private static Stream<Elementwise> functionsOfOneOperand() {
    return Arrays.stream(Elementwise.values()).filter(function -> function.arity() == 1);
  }

  /**
   * Second derivatives in float32 against the same in double precision, within some units in the
   * last place, from far below 1 to where functions saturate.
   */
  @ParameterizedTest
  @MethodSource("functionsOfOneOperand")
  void secondDerivativesKeepTheirDigits(Elementwise function) {
    for (int k = -72; k <= 8; k++) {
      for (double sign : new double[] {-1, 1}) {
        float x = (float) (sign * Math.pow(10, k / 8.0));
        if (function.domain(0).contains(x)) {
          assertSecondDerivative(function, x);
        }
      }
    }
  }

  private static void assertSecondDerivative(Elementwise function, float at) {
    Tape tape = new Tape();
    Variable x = tape.input("x", Tensor.scalar(at));
    Variable y = x.record(function);
    Variable second = tape.gradients(tape.gradients(y, x).of(x), x).of(x);
    Reference reference = new Reference();
    double expected = reference.value(second.node())[0];
    double size = Math.abs(expected);
    if (function == Elementwise.NORMAL_PDF || function == Elementwise.LOGISTIC_SLOPE) {
      // Their second derivatives cross 0, where terms of the function's size cancel.
      size = Math.max(size, reference.value(y.node())[0]);
    }
    // The rounding of x² in e^(−x²) counts x² times.
    double units = 8 + (function == Elementwise.ERF ? at * at : 0);
    assertThat((double) second.value().item())
        .as("%s at %s", function, at)
        .isCloseTo(expected, within(units * Math.ulp((float) size)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "1", "0 2", "2 1"})
  void variance(String axes) {
    int[] counted =
        Arrays.stream(axes.split(" "))
            .filter(axis -> !axis.isEmpty())
            .mapToInt(Integer::parseInt)
            .toArray();
    Points points = new Points(20261122);
    GradientCheck.of(inputs -> inputs.get(0).variance(counted).multiply(inputs.get(1)).exp().sum())
        .order(2)
        .assertPasses(points.uniform(3, 4, 2), points.uniform());
  }

  @Test
  void varianceOfEqualElements() {
    GradientCheck.of(inputs -> inputs.get(0).variance(0).sum())
        .order(2)
        .assertPasses(Tensor.of(new float[] {0.1f, 1, 0.1f, 4, 0.1f, 6}, 3, 2));
  }

  @Test
  void hessianOfAQuadraticForm() {
    // f(x) = x·A·x has the Hessian A + Aᵀ.
    Tape tape = new Tape();
    Variable a = tape.constant(Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, 3, 3));
    Variable x = tape.input("x", Tensor.of(new float[] {1, -1, 2}, 1, 3));
    Variable y = x.matmul(a).matmul(x, false, true);
    Variable gradient = tape.gradients(y, x).of(x);
    List<float[]> rows = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      rows.add(tape.gradients(gradient.slice(1, i, 1), x).of(x).value().toArray());
    }
    assertThat(rows.get(0)).containsExactly(2, 6, 10);
    assertThat(rows.get(1)).containsExactly(6, 10, 14);
    assertThat(rows.get(2)).containsExactly(10, 14, 18);
  }
}
