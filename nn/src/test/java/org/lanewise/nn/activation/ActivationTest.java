package org.lanewise.nn.activation;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.Layers;

/** What activations are at 0, at their kinks and at infinity; golden values say what between. */
final class ActivationTest {
  private static final float MAX = Float.MAX_VALUE;
  private static final double SELU_LIMIT = Selu.LAMBDA * Selu.ALPHA;
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  /** Inputs that are far from everything, and where exponentials are about to overflow. */
  private static final float[] BELOW = {-200, -1e4f, -1e30f, -MAX, Float.NEGATIVE_INFINITY};

  /** The limits of an activation and its slope at ±∞, and both at 0. */
  private record Expected(
      double atMinusInfinity,
      double atPlusInfinity,
      double slopeBelow,
      double slopeAbove,
      double atZero,
      double slopeAtZero) {

    /** A function that is 0 below, x above, and 0 at 0. */
    static Expected rectified(double slopeAtZero) {
      return rectified(0, 0, slopeAtZero);
    }

    static Expected rectified(double atMinusInfinity, double slopeBelow, double slopeAtZero) {
      return new Expected(atMinusInfinity, INFINITY, slopeBelow, 1, 0, slopeAtZero);
    }

    static Expected saturated(double below, double above, double atZero, double slopeAtZero) {
      return new Expected(below, above, 0, 0, atZero, slopeAtZero);
    }
  }

  private static final Map<Activation, Expected> EXPECTED =
      Map.ofEntries(
          entry(new Logistic(), Expected.saturated(0, 1, 0.5, 0.25)),
          entry(new Tanh(), Expected.saturated(-1, 1, 0, 1)),
          entry(new Softsign(), Expected.saturated(-1, 1, 0, 1)),
          entry(new HardSigmoid(), Expected.saturated(0, 1, 0.5, 1 / 6f)),
          entry(new Softplus(), new Expected(0, INFINITY, 0, 1, Math.log(2), 0.5)),
          entry(new Relu(), Expected.rectified(0)),
          entry(new Relu6(), Expected.saturated(0, 6, 0, 0)),
          entry(new LeakyRelu(0.01), Expected.rectified(-INFINITY, 0.01, 0.01)),
          entry(new LeakyRelu(0.2), Expected.rectified(-INFINITY, 0.2, 0.2)),
          entry(new Elu(1), Expected.rectified(-1, 0, 1)),
          entry(new Elu(0.5), Expected.rectified(-0.5, 0, 0.5)),
          entry(new Selu(), new Expected(-SELU_LIMIT, INFINITY, 0, Selu.LAMBDA, 0, SELU_LIMIT)),
          entry(new Celu(1), Expected.rectified(-1, 0, 1)),
          entry(new Celu(0.5), Expected.rectified(-0.5, 0, 1)),
          entry(new Gelu(), Expected.rectified(0.5)),
          entry(new GeluTanh(), Expected.rectified(0.5)),
          entry(new Swish(1), Expected.rectified(0.5)),
          entry(new Swish(7), Expected.rectified(0.5)),
          entry(new Mish(), Expected.rectified(0.6)),
          entry(new HardSwish(), Expected.rectified(0.5)));

  private static Stream<Activation> activations() {
    return Stream.concat(Activation.all().stream(), EXPECTED.keySet().stream()).distinct();
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

  @ParameterizedTest
  @MethodSource("activations")
  void infinitiesGiveTheLimitsAndNanStaysNan(Activation activation) {
    Expected expected = expected(activation);
    float[] x = {Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, Float.NaN};
    float[] y = values(activation, x);
    assertThat(y[0]).isCloseTo((float) expected.atMinusInfinity(), within(0f));
    assertThat(y[1]).isEqualTo((float) expected.atPlusInfinity());
    assertThat(y[2]).isNaN();
  }

  @ParameterizedTest
  @MethodSource("activations")
  void slopesFarOutAreTheirLimits(Activation activation) {
    Expected expected = expected(activation);
    for (float x : BELOW) {
      // The softsign approaches its limit like 1 / x² only.
      float tolerance = activation instanceof Softsign ? 1 / (x * x) : 0;
      float[] slopes = slopes(activation, x, -x);
      assertThat(slopes[0])
          .as("at %s", x)
          .isCloseTo((float) expected.slopeBelow(), within(tolerance));
      assertThat(slopes[1])
          .as("at %s", -x)
          .isCloseTo((float) expected.slopeAbove(), within(tolerance));
    }
  }

  @ParameterizedTest
  @MethodSource("activations")
  void slopesStayFiniteToSecondOrder(Activation activation) {
    Tape tape = new Tape();
    Variable x =
        tape.input("x", Tensor.vector(-MAX, -1e4f, -100, -3, -0f, 0, 3, 6, 100, 1e4f, MAX));
    Variable slope = tape.gradients(activation.of(x).sum(), x).of(x);
    for (float second : tape.gradients(slope.sum(), x).of(x).value().toArray()) {
      assertThat(second).isFinite();
    }
  }

  @ParameterizedTest
  @MethodSource("activations")
  void isAsDeclaredAtZeroAndCloseToIt(Activation activation) {
    Expected expected = expected(activation);
    float[] at = {0, -0f, -1e-38f, -Float.MIN_VALUE};
    for (float y : values(activation, at)) {
      assertThat((double) y).isCloseTo(expected.atZero(), within(1e-7));
    }
    for (float slope : slopes(activation, at)) {
      assertThat((double) slope).isCloseTo(expected.slopeAtZero(), within(1e-7));
    }
  }

  @Test
  void slopesAtKinksAwayFromZeroAreAsDeclared() {
    assertThat(slopes(new Relu6(), 6)).containsExactly(0);
    assertThat(slopes(new HardSigmoid(), -3, 3)).containsExactly(0, 0);
    assertThat(slopes(new HardSwish(), -3, 3)).containsExactly(0, 1);
  }

  @Test
  void seluKeepsMeanAndVariance() {
    // The integral over the standard normal density by the trapezoidal rule, exact here to 1e-9.
    double mean = 0;
    double square = 0;
    double step = 1e-4;
    for (double x = -12; x <= 12; x += step) {
      double y = x > 0 ? Selu.LAMBDA * x : SELU_LIMIT * Math.expm1(x);
      double weight = step * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
      mean += weight * y;
      square += weight * y * y;
    }
    assertThat(mean).isCloseTo(0, within(1e-8));
    assertThat(square).isCloseTo(1, within(1e-8));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.01, 1.01, Double.NaN, Double.POSITIVE_INFINITY})
  void leakyReluRefusesSlopes(double alpha) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Layers.leakyRelu(alpha))
        .withMessage("leaky_relu: expected alpha from 0 to 1, was " + alpha);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.01, Double.NaN, Double.POSITIVE_INFINITY, 1e39})
  void eluRefusesAlphas(double alpha) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Layers.elu(alpha))
        .withMessage("elu: expected alpha of at least 0 and finite as a float, was " + alpha);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, 0, 1e-60, Double.NaN, Double.POSITIVE_INFINITY})
  void celuAndSwishRefuseWhatIsNotAboveZero(double number) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Layers.celu(number))
        .withMessage("celu: expected alpha above 0 and finite as a float, was " + number);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Layers.swish(number))
        .withMessage("swish: expected beta above 0 and finite as a float, was " + number);
  }

  @Test
  void alphaMayBeAtTheEndsOfItsRange() {
    assertThat(values(new LeakyRelu(0), -3, -MAX, 2)).containsExactly(-0f, -0f, 2);
    assertThat(values(new LeakyRelu(1), -3, 2)).containsExactly(-3, 2);
    assertThat(values(new Elu(0), -3, 2)).containsExactly(-0f, 2);
  }

  @Test
  void tensorsNeedNoTape() {
    Tensor x = Tensor.vector(-1, 0, 2);
    assertThat(Layers.sigmoid().of(x).toArray())
        .containsExactly(new float[] {0.26894143f, 0.5f, 0.880797f}, within(1e-7f));
    assertThat(Layers.relu().of(x).toArray()).containsExactly(0, 0, 2);
    Tensor rows = Tensor.matrix(new float[] {1, 1}, new float[] {0, (float) Math.log(3)});
    assertThat(Layers.softmax().of(rows).toArray())
        .containsExactly(new float[] {0.5f, 0.5f, 0.25f, 0.75f}, within(1e-7f));
    assertThat(Layers.logSoftmax().of(rows).get(0, 1)).isEqualTo((float) Math.log(0.5));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Layers.softmax().of(Tensor.scalar(1)))
        .withMessage("softmax: expected examples of at least one axis, was shape []");
  }
}
