package org.lanewise.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.autodiff.GradientReport.Comparison;
import org.lanewise.autodiff.GradientReport.Element;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.random.Distribution;
import org.lanewise.engine.random.RandomStream;

class GradientCheckTest {
  private static final Tensor X = Tensor.of(new float[] {.3f, -.7f, 1.1f, .4f, -.9f, .6f}, 2, 3);

  private static GradientCheck cube(Cube.Mistake mistake) {
    return GradientCheck.of(inputs -> inputs.get(0).record(new Cube(mistake)));
  }

  private static Element worst(GradientReport report) {
    return report.worst().orElseThrow();
  }

  @Test
  void passesWhatIsRight() {
    GradientReport report = cube(Cube.Mistake.NONE).order(3).check(X);
    assertThat(report.passes()).as(report.toString()).isTrue();
    assertThat(report.failed()).isZero();
    // The result once; each derivative against finite differences and in float32.
    assertThat(report.compared()).isEqualTo(6 + 3 * 2 * 6);
    assertThat(report.suspects()).isEmpty();
    assertThat(report.toString()).startsWith("gradient check passed: 42 comparisons, seed 0");
  }

  @ParameterizedTest
  @EnumSource(
      value = Cube.Mistake.class,
      names = {"FACTOR", "SIGN", "FORGETS_GRADIENT", "ELEMENT"})
  void failsWrongGradients(Cube.Mistake mistake) {
    GradientReport report = cube(mistake).check(X);
    assertThat(report.passes()).as(report.toString()).isFalse();
    assertThat(worst(report).comparison()).isEqualTo(Comparison.DERIVATIVE);
    assertThat(worst(report).place().order()).isEqualTo(1);
    assertThat(report.suspects()).singleElement().asString().contains("cube(%0) [2, 3]");
  }

  @ParameterizedTest
  @EnumSource(
      value = Cube.Mistake.class,
      mode = Mode.EXCLUDE,
      names = {"NONE", "KERNEL"})
  void failsWrongGradientsInsideAFunction(Cube.Mistake mistake) {
    Function<List<Variable>, Variable> function =
        inputs -> inputs.get(0).tanh().record(new Cube(mistake)).mean().exp();
    GradientReport report = GradientCheck.of(function).check(X);
    assertThat(report.passes()).as(report.toString()).isFalse();
    assertThat(report.suspects()).anyMatch(suspect -> suspect.contains("cube(%1) [2, 3]"));
  }

  @Test
  void failsAScalarPullbackThatForgetsTheGradient() {
    GradientReport report = cube(Cube.Mistake.FORGETS_GRADIENT).check(Tensor.scalar(2));
    assertThat(report.passes()).isFalse();
    assertThat(worst(report).recorded()).isEqualTo(6);
    assertThat(worst(report).finiteDifference()).isCloseTo(12, within(1e-9));
  }

  @Test
  void namesTheWrongElement() {
    GradientCheck check = cube(Cube.Mistake.ELEMENT);
    GradientReport report = check.check(X);
    Element worst = worst(report);
    assertThat(report.failed()).isEqualTo(1);
    assertThat(worst.place().input()).isZero();
    assertThat(worst.place().shape()).isEqualTo(Shape.of(2, 3));
    assertThat(worst.place().index()).containsExactly(1, 2);
    assertThat(worst.recorded() / worst.finiteDifference()).isCloseTo(1.01, within(1e-6));
    assertThat(worst.single()).isCloseTo(worst.recorded(), within(1e-5));
    assertThat(worst.error())
        .isEqualTo(Math.abs(worst.recorded() - worst.finiteDifference()))
        .isGreaterThan(worst.tolerance());
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> check.assertPasses(X))
        .withMessage(report.toString())
        .withMessageContaining("the recorded gradient is not the derivative; 1 of 18 comparisons")
        .withMessageContaining("worst: derivative of order 1 by input 0 [2, 3] at [1, 2]\n")
        .withMessageContaining("finite difference ")
        .withMessageContaining("suspect: %1 = cube(%0) [2, 3]: fails a check of its own");
  }

  @Test
  void namesTheWrongInput() {
    GradientReport report =
        GradientCheck.of(
                inputs ->
                    inputs.get(0).matmul(inputs.get(1).record(new Cube(Cube.Mistake.ELEMENT))))
            .check(X, Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, 3, 3));
    assertThat(worst(report).place().input()).isEqualTo(1);
    assertThat(worst(report).place().index()).containsExactly(1, 2);
  }

  @Test
  void failsAWrongSecondOrderOnly() {
    GradientCheck check = cube(Cube.Mistake.SECOND_ORDER);
    check.order(1).assertPasses(X);
    GradientReport report = check.check(X);
    assertThat(worst(report).place().order()).isEqualTo(2);
    assertThat(worst(report).comparison()).isEqualTo(Comparison.DERIVATIVE);
    assertThat(worst(report).recorded() / worst(report).finiteDifference())
        .isCloseTo(0.5, within(1e-6));
  }

  @Test
  void failsAWrongKernel() {
    GradientReport report = cube(Cube.Mistake.KERNEL).check(X);
    assertThat(worst(report).comparison()).isEqualTo(Comparison.RESULT);
    assertThat(worst(report).place().order()).isZero();
    assertThat(worst(report).place().index()).containsExactly(0, 2);
    assertThat(report.toString()).contains("the float32 kernels compute another result");
  }

  @Test
  void failsAWrongKernelOfAPullback() {
    // The gradient of x⁴ needs the value of x³, the value of x⁴ does not.
    record Fourth(Cube.Mistake mistake) implements SameShape, DifferentiableOperation {
      @Override
      public String label() {
        return "fourth";
      }

      @Override
      public void evaluate(List<Tensor> operands, Tensor result) {
        float x = operands.get(0).item();
        result.storage()[result.offset()] = x * x * x * x;
      }

      @Override
      public double[] evaluateReference(List<double[]> operands, List<Shape> shapes) {
        return new double[] {Math.pow(operands.get(0)[0], 4)};
      }

      @Override
      public List<Variable> pullback(List<Variable> operands, Variable result, Variable gradient) {
        return List.of(gradient.multiply(operands.get(0).record(new Cube(mistake))).multiply(4));
      }
    }
    GradientCheck.of(inputs -> inputs.get(0).record(new Fourth(Cube.Mistake.NONE)))
        .assertPasses(Tensor.scalar(1.5f));
    GradientReport report =
        GradientCheck.of(inputs -> inputs.get(0).record(new Fourth(Cube.Mistake.KERNEL)))
            .check(Tensor.scalar(1.5f));
    assertThat(worst(report).comparison()).isEqualTo(Comparison.KERNEL);
    assertThat(worst(report).recorded()).isCloseTo(13.5, within(1e-9));
    assertThat(worst(report).single()).isCloseTo(13.5 * 1.001, within(1e-4));
    assertThat(report.toString()).contains("the float32 kernels compute another gradient");
  }

  @Test
  void reportsDerivativesOfASingleElementAsTheyAre() {
    for (int order = 1; order <= 4; order++) {
      GradientReport report =
          GradientCheck.of(inputs -> inputs.get(0).exp().multiply(3))
              .order(order)
              .check(Tensor.scalar(0));
      assertThat(report.passes()).as(report.toString()).isTrue();
      assertThat(worst(report).recorded()).isCloseTo(3, within(1e-12));
    }
  }

  @Test
  void survivesSingularitiesAndKinksNearby() {
    GradientCheck.of(inputs -> inputs.get(0).log()).assertPasses(Tensor.vector(1e-5f, 1e-4f, 3));
    GradientCheck.of(inputs -> inputs.get(0).abs()).assertPasses(Tensor.vector(1e-5f, -1e-4f, 1));
    GradientCheck.of(inputs -> inputs.get(0).tanh()).assertPasses(Tensor.vector(0, 1e-30f, 100));
  }

  @Test
  void passesGradientsThatCancelToNothing() {
    Tensor x = Tensor.zeros(4, 5);
    RandomStream.of(7).fill(Distribution.normal(), x.array(), 0, x.size());
    // The sum of a softmax is 1, whatever x is.
    GradientCheck.of(
            inputs -> {
              Variable e = inputs.get(0).exp();
              return e.divide(e.sum(1).expand(1)).sum(1);
            })
        .assertPasses(x);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void passesANetworkWithBatchNormalization(long seed) {
    Points points = new Points(seed);
    Tensor labels = Tensor.zeros(8, 4);
    for (int i = 0; i < 8; i++) {
      labels.array()[i * 4 + i % 4] = 1;
    }
    GradientCheck.of(
            inputs -> {
              // The bias before the normalization has no effect: its gradient cancels to 0.
              Variable x = inputs.get(0).matmul(inputs.get(1)).add(inputs.get(2));
              Variable centred = x.subtract(x.mean(0));
              Variable variance = centred.square().mean(0);
              Variable y = centred.multiply(variance.add(1e-3).rsqrt()).multiply(inputs.get(3));
              Variable elu = y.greater(0).select(y, y.minimum(0).expm1());
              Variable logits = elu.matmul(inputs.get(4));
              Variable chosen = logits.multiply(x.tape().constant(labels)).sum(1);
              return logits.logSumExp(1).subtract(chosen).mean();
            })
        .seed(seed)
        .assertPasses(
            points.uniform(8, 6),
            points.uniform(6, 5),
            points.uniform(5),
            points.uniform(0.5, 1.5, Shape.of(5)),
            points.uniform(5, 4));
  }

  @Test
  void tellsAKinkAndAStoppedGradient() {
    Tensor x = Tensor.vector(1, 0, -1);
    // Half of the gradient is what central differences see too.
    GradientCheck.of(inputs -> inputs.get(0).maximum(0)).order(1).assertPasses(x);
    GradientReport kink = GradientCheck.of(inputs -> inputs.get(0).clip(0, 5).multiply(2)).check(x);
    assertThat(worst(kink).place().index()).containsExactly(1);
    assertThat(kink.suspects()).singleElement().asString().contains("clip").endsWith("kink at [1]");
    GradientReport stopped =
        GradientCheck.of(inputs -> inputs.get(0).stopGradient().multiply(2)).check(x);
    assertThat(stopped.passes()).isFalse();
    assertThat(stopped.suspects()).singleElement().asString().contains("stop_gradient");
  }

  @Test
  void saysThatAResultIsNotFinite() {
    GradientReport report =
        GradientCheck.of(inputs -> inputs.get(0).log()).check(Tensor.vector(1, -1));
    assertThat(report.passes()).isFalse();
    assertThat(worst(report).place().index()).containsExactly(1);
    assertThat(report.toString()).contains("not finite at this point").contains("[1]");
    GradientReport infinite =
        GradientCheck.of(inputs -> inputs.get(0).sqrt()).check(Tensor.vector(1, 0));
    assertThat(worst(infinite).place().order()).isEqualTo(1);
    assertThat(infinite.toString()).contains("not finite at this point");
  }

  @Test
  void tolerancesDecide() {
    GradientCheck check = cube(Cube.Mistake.FACTOR).order(1);
    assertThat(check.tolerance(1e-5).check(X).passes()).isFalse();
    assertThat(check.tolerance(1e-4).check(X).passes()).isTrue();
    GradientCheck kernel = cube(Cube.Mistake.KERNEL).order(1);
    assertThat(kernel.kernelTolerance(5e-4).check(X).passes()).isFalse();
    assertThat(kernel.kernelTolerance(2e-3).check(X).passes()).isTrue();
  }

  @Test
  void checksASampleOfManyElements() {
    Tensor x = Tensor.full(0.5f, Shape.of(100));
    GradientCheck few = cube(Cube.Mistake.NONE).order(1).elements(10);
    assertThat(few.check(x).compared()).isEqualTo(100 + 10 + 100);
    long found =
        LongStream.range(0, 60)
            .filter(seed -> !cube(Cube.Mistake.ELEMENT).elements(10).seed(seed).check(x).passes())
            .count();
    // Binomial with n = 60, p = 0.1: 0 or more than 20 would be a chance of 1 to 500 or less.
    assertThat(found).isBetween(1L, 20L);
  }

  @Test
  void isAFunctionOfItsSeed() {
    GradientCheck check = GradientCheck.of(inputs -> inputs.get(0).tanh()).elements(3);
    assertThat(check.seed(5).check(X)).isEqualTo(check.seed(5).check(X));
    assertThat(check.seed(5).check(X).worst()).isNotEqualTo(check.seed(6).check(X).worst());
    assertThat(check.seed(5).check(X).toString()).contains("seed 5");
  }

  @Test
  void leavesThePointAlone() {
    Tensor x = X.copy();
    cube(Cube.Mistake.NONE).check(x);
    assertThat(x.sameElements(X)).isTrue();
  }

  @Test
  void passesEmptyTensors() {
    GradientReport report = cube(Cube.Mistake.NONE).check(Tensor.zeros(0, 3));
    assertThat(report.passes()).isTrue();
    assertThat(report.worst()).isEmpty();
    assertThat(report.toString()).isEqualTo("gradient check passed: 0 comparisons, seed 0");
  }

  @Test
  void refusesBadArguments() {
    GradientCheck check = cube(Cube.Mistake.NONE);
    assertThatIllegalArgumentException()
        .isThrownBy(check::check)
        .withMessage("gradient check: expected at least one input, was none");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> check.check(X, Tensor.of(new float[] {1, 2, Float.NaN, 4}, 2, 2)))
        .withMessage("gradient check: expected finite inputs, was NaN in input 1 [2, 2] at [1, 0]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> check.order(0))
        .withMessage("gradient check: expected an order of at least 1, was 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> check.tolerance(Double.NaN))
        .withMessage("gradient check: expected a tolerance above 0, was NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> check.kernelTolerance(0))
        .withMessage("gradient check: expected a kernel tolerance above 0, was 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> check.elements(0))
        .withMessage("gradient check: expected at least 1 element of each input to check, was 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GradientCheck.of(inputs -> new Tape().constant(1)).check(X))
        .withMessageContaining("expected a result recorded on the tape of the inputs");
  }
}
