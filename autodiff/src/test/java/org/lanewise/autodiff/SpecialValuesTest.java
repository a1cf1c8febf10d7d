package org.lanewise.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;

/** Values and gradients at infinities, NaN, ties, bounds and of nothing at all. */
class SpecialValuesTest {
  private static final float INF = Float.POSITIVE_INFINITY;
  private static final float NAN = Float.NaN;

  /** A function of a vector, to a scalar, with its gradient. */
  private record Outcome(float value, float[] gradient) {}

  private static Outcome of(UnaryOperator<Variable> function, float... x) {
    Tape tape = new Tape();
    Variable input = tape.input("x", Tensor.vector(x));
    Variable y = function.apply(input).sum();
    return new Outcome(y.value().item(), tape.gradients(y, input).of(input).value().toArray());
  }

  private static float[] gradient(UnaryOperator<Variable> function, float... x) {
    return of(function, x).gradient();
  }

  @Test
  void logSumExpOfHugeValues() {
    Outcome huge = of(Variable::logSumExp, 1e30f, 1e30f, -1e30f);
    assertThat(huge.value()).isEqualTo(1e30f);
    assertThat(huge.gradient()).containsExactly(0.5f, 0.5f, 0);
    Outcome small = of(Variable::logSumExp, -1000, -1000);
    assertThat(small.value()).isCloseTo(-1000 + (float) Math.log(2), within(1e-4f));
    assertThat(small.gradient()).containsExactly(0.5f, 0.5f);
  }

  @Test
  void logSumExpOfInfinities() {
    Outcome some = of(Variable::logSumExp, -INF, 1, -INF);
    assertThat(some.value()).isEqualTo(1);
    assertThat(some.gradient()).containsExactly(0, 1, 0);
    assertThat(of(Variable::logSumExp, 3, INF).value()).isEqualTo(INF);
    assertThat(of(Variable::logSumExp, -INF, -INF).value()).isEqualTo(-INF);
    assertThat(of(Variable::logSumExp, 1, NAN).value()).isNaN();
  }

  @Test
  void logSumExpOverOneAxis() {
    Tape tape = new Tape();
    Variable x = tape.input("x", Tensor.of(new float[] {0, 0, 1000, -1000, 5, 5}, 3, 2));
    Variable y = x.logSumExp(-1);
    float log2 = (float) Math.log(2);
    assertThat(y.shape()).isEqualTo(Shape.of(3));
    assertThat(y.value().toArray()).containsExactly(log2, 1000, 5 + log2);
    assertThat(tape.gradients(y.sum(), x).of(x).value().toArray())
        .containsExactly(0.5f, 0.5f, 1, 0, 0.5f, 0.5f);
  }

  @Test
  void reductionsOfNothing() {
    assertThat(of(x -> x.sum()).value()).isZero();
    assertThat(of(x -> x.mean()).value()).isNaN();
    assertThat(of(x -> x.variance()).value()).isNaN();
    assertThat(of(x -> x.max()).value()).isEqualTo(-INF);
    assertThat(of(x -> x.min()).value()).isEqualTo(INF);
    assertThat(of(x -> x.logSumExp()).value()).isEqualTo(-INF);
    assertThat(gradient(x -> x.logSumExp())).isEmpty();
    Tape tape = new Tape();
    Variable x = tape.input("x", Tensor.zeros(0, 2));
    assertThat(x.sum(0).value().toArray()).containsExactly(0, 0);
    assertThat(x.max(0).value().toArray()).containsExactly(-INF, -INF);
    assertThat(x.mean(1).value().toArray()).isEmpty();
    assertThat(tape.gradients(x.max(0).sum(), x).of(x).shape()).isEqualTo(Shape.of(0, 2));
  }

  @Test
  void meanDividesByTheCountOfItsAxes() {
    Tape tape = new Tape();
    Variable x = tape.input("x", Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3));
    assertThat(x.mean().value().item()).isEqualTo(3.5f);
    assertThat(x.mean(0).value().toArray()).containsExactly(2.5f, 3.5f, 4.5f);
    assertThat(x.mean(-1).value().toArray()).containsExactly(2, 5);
    assertThat(tape.gradients(x.mean(0).sum(), x).of(x).value().toArray()).containsOnly(0.5f);
  }

  @Test
  void varianceTakesDistancesFromTheMeanOfItsAxes() {
    Tape tape = new Tape();
    Variable x = tape.input("x", Tensor.of(new float[] {1, 2, 3, 5, 6, 7}, 2, 3));
    assertThat(x.variance().value().item()).isEqualTo(28 / 6f);
    assertThat(x.variance(0).value().toArray()).containsExactly(4, 4, 4);
    assertThat(x.variance(-1).value().toArray()).containsExactly(2 / 3f, 2 / 3f);
    assertThat(tape.gradients(x.variance(0).sum(), x).of(x).value().toArray())
        .containsExactly(-2, -2, -2, 2, 2, 2);
    assertThat(of(v -> v.variance(), 16777216, 16777220).value()).isEqualTo(4);
  }

  @Test
  void extremesShareTheGradientWhenTheyTie() {
    assertThat(gradient(x -> x.max(), 1, 3, 3, 2, 3)).containsExactly(0, 1 / 3f, 1 / 3f, 0, 1 / 3f);
    assertThat(gradient(x -> x.min(), 1, 3, 1)).containsExactly(0.5f, 0, 0.5f);
    Tape tape = new Tape();
    Variable x = tape.input("x", Tensor.of(new float[] {1, 1, 2, 1, 0, 0}, 2, 3));
    assertThat(tape.gradients(x.max(1).sum(), x).of(x).value().toArray())
        .containsExactly(0, 0, 1, 1, 0, 0);
    assertThat(tape.gradients(x.max(0).sum(), x).of(x).value().toArray())
        .containsExactly(0.5f, 1, 1, 0.5f, 0, 0);
  }

  @Test
  void maximumAndMinimumSplitTies() {
    assertThat(gradient(x -> x.maximum(1), 0, 1, 2)).containsExactly(0, 0.5f, 1);
    assertThat(gradient(x -> x.minimum(1), 0, 1, 2)).containsExactly(1, 0.5f, 0);
    assertThat(gradient(x -> x.maximum(x), 0, 1, 2)).containsExactly(1, 1, 1);
    assertThat(gradient(x -> x.maximum(0), -INF, INF)).containsExactly(0, 1);
    assertThat(of(x -> x.maximum(0), NAN).value()).isNaN();
  }

  @Test
  void theLargerOfNaNHasNoGradient() {
    assertThat(gradient(x -> x.maximum(0), NAN)).containsExactly(NAN);
    assertThat(gradient(x -> x.minimum(0), NAN)).containsExactly(NAN);
    assertThat(gradient(x -> x.maximum(NAN), 1, -INF)).containsExactly(NAN, NAN);
    assertThat(gradient(x -> x.minimum(x), 1, NAN)).containsExactly(1, NAN);
    // Of second order, what is not NaN knows nothing of it.
    Tape tape = new Tape();
    Variable x = tape.input("x", Tensor.vector(-1, 2));
    Variable first = tape.gradients(x.maximum(0).square().sum(), x).of(x);
    assertThat(tape.gradients(first.sum(), x).of(x).value().toArray()).containsExactly(0, 2);
  }

  @Test
  void clipLetsTheGradientThroughOnItsBounds() {
    assertThat(gradient(x -> x.clip(-1, 2), -3, -1, 0, 2, 5)).containsExactly(0, 1, 1, 1, 0);
    assertThat(gradient(x -> x.clip(0, Double.POSITIVE_INFINITY), -1, 0, 1e30f, INF))
        .containsExactly(0, 1, 1, 1);
    assertThat(of(x -> x.clip(Double.NEGATIVE_INFINITY, 2), -INF).value()).isEqualTo(-INF);
    assertThat(of(x -> x.clip(0, 1), NAN).value()).isNaN();
  }

  @Test
  void powersAtZero() {
    assertThat(gradient(x -> x.pow(2), 0)).containsExactly(0);
    assertThat(gradient(x -> x.pow(1), 0)).containsExactly(1);
    assertThat(gradient(x -> x.pow(0), 0, 2, 3)).containsExactly(0, 0, 0);
    assertThat(gradient(x -> x.pow(3), -2)).containsExactly(12);
    assertThat(gradient(x -> x.pow(-1), -2)).containsExactly(-0.25f);
    assertThat(gradient(x -> x.pow(0.5), 0)).containsExactly(INF);
    // By the exponent: 0 where the base is 0.
    assertThat(gradient(a -> a.tape().constant(0).pow(a), 2, 1)).containsExactly(0, 0);
    assertThat(gradient(a -> a.tape().constant(1).pow(a), 2, 0)).containsExactly(0, 0);
  }

  @Test
  void functionsWithoutASlopeGiveNone() {
    assertThat(gradient(Variable::abs, -2, 0, 3)).containsExactly(-1, 0, 1);
    assertThat(gradient(Variable::sign, -2, 0, 3)).containsExactly(0, 0, 0);
    assertThat(gradient(x -> x.greater(x.tape().constant(1)), 0, 1, 2)).containsExactly(0, 0, 0);
  }

  @Test
  void saturatedFunctionsHaveNoSlope() {
    assertThat(gradient(Variable::tanh, -INF, -60, 60, INF)).containsOnly(0);
    assertThat(gradient(Variable::logistic, -INF, -200, 200, INF)).containsOnly(0);
    assertThat(gradient(Variable::erf, -INF, -50, 50, INF)).containsOnly(0);
    assertThat(gradient(Variable::normalCdf, -INF, -50, 50, INF)).containsOnly(0);
    assertThat(gradient(Variable::exp, -INF, -200)).containsOnly(0);
  }

  @Test
  void selectKeepsOutWhatItDoesNotChoose() {
    // The unchosen branch is NaN or infinite and so is its own slope.
    Outcome chosen =
        of(
            x -> {
              Variable positive = x.greater(x.tape().constant(0));
              return positive.select(x, x.tape().constant(NAN));
            },
            1,
            2);
    assertThat(chosen.value()).isEqualTo(3);
    assertThat(chosen.gradient()).containsExactly(1, 1);
    Tape tape = new Tape();
    Variable nan = tape.input("nan", Tensor.vector(NAN, INF, 1));
    Variable fine = tape.input("fine", Tensor.vector(1, 2, 3));
    Variable condition = tape.constant(Tensor.vector(0, 0, 1));
    Variable y = condition.select(nan, fine).square().sum();
    assertThat(y.value().item()).isEqualTo(6);
    Gradients gradients = tape.gradients(y, nan, fine);
    assertThat(gradients.of(nan).value().toArray()).containsExactly(0, 0, 2);
    assertThat(gradients.of(fine).value().toArray()).containsExactly(2, 4, 0);
  }

  @Test
  void aNanHoldsAsACondition() {
    Tape tape = new Tape();
    Variable y = tape.constant(NAN).select(tape.constant(1), tape.constant(2));
    assertThat(y.value().item()).isEqualTo(1);
  }

  @Test
  void nansReachTheGradientOfWhatTheyTouch() {
    assertThat(gradient(Variable::square, 1, NAN)).containsExactly(2, NAN);
    assertThat(gradient(Variable::tanh, 0, NAN)).containsExactly(1, NAN);
  }

  @Test
  void noGradientFlowsToWhatWasNotChosen() {
    assertThat(gradient(x -> x.maximum(0).sqrt(), -1, 4)).containsExactly(0, 0.25f);
    assertThat(gradient(x -> x.tape().constant(0).maximum(x).sqrt(), -1, 4))
        .containsExactly(0, 0.25f);
    assertThat(gradient(x -> x.minimum(0).negate().sqrt(), 1, -4)).containsExactly(0, -0.25f);
    assertThat(gradient(x -> x.clip(0, 9).sqrt(), -1, 4, 16)).containsExactly(0, 0.25f, 0);
    assertThat(gradient(x -> x.greater(0).select(x, x.tape().constant(0)).rsqrt(), -1, 4))
        .containsExactly(0, -0.0625f);
    assertThat(gradient(x -> x.maximum(0).pow(-1), -1, 4)).containsExactly(0, -0.0625f);
    assertThat(gradient(x -> x.maximum(0).pow(0.5), -1, 4)).containsExactly(0, 0.25f);
    assertThat(gradient(x -> x.max().sqrt(), 0, -1)).containsExactly(INF, 0);
    assertThat(gradient(x -> x.min().rsqrt(), 0, 1)).containsExactly(-INF, 0);
    // What is not chosen has an infinite derivative of its own: then the product is 0 · ∞.
    assertThat(gradient(x -> x.greater(0).select(x.sqrt(), x.tape().constant(0)), 0)).contains(NAN);
  }

  @Test
  void theLargestOfNaNHasNoGradient() {
    assertThat(gradient(x -> x.max(), 1, NAN)).containsExactly(NAN, NAN);
    assertThat(gradient(x -> x.min(), NAN, -INF)).containsExactly(NAN, NAN);
  }

  @Test
  void smallGradientsMeetLargeDerivativesWithoutOverflow() {
    // The derivative of 1/√x at 10⁻³⁰ is −5·10⁴⁴.
    assertThat(gradient(x -> x.rsqrt().multiply(0), 1e-30f)).containsExactly(-0f);
    float small = gradient(x -> x.rsqrt().multiply(1e-30), 1e-30f)[0];
    assertThat(small).isCloseTo(-5e14f, withinPercentage(1e-4));
  }

  @Test
  void theGradientOfANormIsZeroAtZero() {
    Outcome some = of(x -> x.norm(), 3, -4);
    assertThat(some.value()).isEqualTo(5);
    assertThat(some.gradient()).containsExactly(0.6f, -0.8f);
    Outcome none = of(x -> x.norm(), 0, 0);
    assertThat(none.value()).isEqualTo(0);
    assertThat(none.gradient()).containsExactly(0, 0);
    GradientCheck.of(v -> v.getFirst().norm(-1).sum()).assertPasses(Tensor.vector(1, 2, 3));
  }

  @Test
  void momentsOfEqualElementsAreExact() {
    for (float x : new float[] {98765.43f, 1.7e9f, 0.1f, 273.15f}) {
      Tape tape = new Tape();
      Variable.Moments moments = tape.constant(Tensor.full(x, Shape.of(50))).moments();
      assertThat(moments.mean().value().item()).isEqualTo(x);
      assertThat(moments.variance().value().item()).isEqualTo(0);
      assertThat(moments.centered().value().toArray()).containsOnly(0);
    }
  }

  @Test
  void secondDerivativesKeepTheirDigitsNearZero() {
    for (float x : new float[] {1e-8f, 1e-4f, 0.3f, 2, 9}) {
      double tanh = Math.tanh(x);
      double ofTanh = -2 * tanh / (Math.cosh(x) * Math.cosh(x));
      double e = Math.exp(-x);
      double ofLogistic = -e / ((1 + e) * (1 + e)) * Math.tanh(x / 2.0);
      assertThat(second(Variable::tanh, x)).isCloseTo(ofTanh, within(1e-6 * -ofTanh));
      assertThat(second(Variable::logistic, x)).isCloseTo(ofLogistic, within(1e-6 * -ofLogistic));
    }
  }

  private static double second(UnaryOperator<Variable> function, float at) {
    Tape tape = new Tape();
    Variable x = tape.input("x", Tensor.scalar(at));
    Variable first = tape.gradients(function.apply(x), x).of(x);
    return tape.gradients(first, x).of(x).value().item();
  }
}
