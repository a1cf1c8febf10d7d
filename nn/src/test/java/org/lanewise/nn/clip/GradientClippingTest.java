package org.lanewise.nn.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.autodiff.GradientCheck;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.Samples;

final class GradientClippingTest {
  private static final long SEED = 3;

  /** Two gradients, of norms √30 and √91, jointly 11. */
  private static final Tensor[] GRADIENTS = {
    Tensor.of(new float[] {1, -2, 3, -4}, 2, 2), Tensor.vector(-1, 3, 9)
  };

  private static Stream<GradientClipping> all() {
    return Stream.of(
        GradientClipping.none(),
        GradientClipping.byValue(1.5),
        GradientClipping.byNorm(1.5),
        GradientClipping.byGlobalNorm(1.5),
        GradientClipping.adaptive(0.5));
  }

  /** The clipping of gradients of parameters whose every element is 1. */
  private static List<Variable> clipped(GradientClipping clipping, List<Variable> gradients) {
    List<Variable> parameters =
        gradients.stream()
            .map(gradient -> gradient.tape().constant(Tensor.full(1, gradient.shape())))
            .toList();
    return clipping.clip(parameters, gradients);
  }

  private static List<Tensor> clip(GradientClipping clipping, Tensor... gradients) {
    Tape tape = new Tape();
    List<Variable> variables = Arrays.stream(gradients).map(tape::constant).toList();
    List<Variable> clipped = clipped(clipping, variables);
    assertThat(clipped).hasSameSizeAs(variables);
    List<Tensor> values = new ArrayList<>();
    for (int i = 0; i < gradients.length; i++) {
      values.add(clipped.get(i).value());
      assertThat(values.get(i).shape()).isEqualTo(gradients[i].shape());
    }
    return values;
  }

  private static double norm(Tensor... tensors) {
    double squares = 0;
    for (Tensor tensor : tensors) {
      for (float element : tensor.toArray()) {
        squares += element * (double) element;
      }
    }
    return Math.sqrt(squares);
  }

  private static void assertScaled(Tensor clipped, Tensor gradient, double factor) {
    for (int i = 0; i < gradient.size(); i++) {
      double expected = factor * gradient.toArray()[i];
      assertThat((double) clipped.toArray()[i])
          .isCloseTo(expected, within(4e-7 * Math.abs(expected)));
    }
  }

  @Test
  void byValueHoldsEachElement() {
    List<Tensor> clipped = clip(GradientClipping.byValue(2.5), GRADIENTS);
    assertThat(clipped.get(0).toArray()).containsExactly(1, -2, 2.5f, -2.5f);
    assertThat(clipped.get(1).toArray()).containsExactly(-1, 2.5f, 2.5f);
  }

  @Test
  void byNormScalesEachGradientAlone() {
    List<Tensor> clipped = clip(GradientClipping.byNorm(6), GRADIENTS);
    assertThat(clipped.get(0).sameElements(GRADIENTS[0])).isTrue();
    assertScaled(clipped.get(1), GRADIENTS[1], 6 / Math.sqrt(91));
    assertThat(norm(clipped.get(1))).isCloseTo(6, within(1e-6));
  }

  @Test
  void byGlobalNormScalesAllByOneFactor() {
    List<Tensor> clipped = clip(GradientClipping.byGlobalNorm(5.5), GRADIENTS);
    assertScaled(clipped.get(0), GRADIENTS[0], 0.5);
    assertScaled(clipped.get(1), GRADIENTS[1], 0.5);
    assertThat(norm(clipped.get(0), clipped.get(1))).isCloseTo(5.5, within(1e-6));
  }

  @Test
  void noneLeavesEverything() {
    List<Tensor> clipped = clip(GradientClipping.none(), GRADIENTS);
    for (int i = 0; i < GRADIENTS.length; i++) {
      assertThat(clipped.get(i).sameElements(GRADIENTS[i])).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.21, 0.27, 1, 1.7, 5, 11, 123.456, 1e-12, 1e-18, 1e12, 1e18})
  void gradientsWithinTheLimitKeepTheirBits(double limit) {
    for (Tensor gradient : GRADIENTS) {
      Tensor[] within = {gradient.copy(), gradient.copy()};
      for (Tensor tensor : within) {
        for (int i = 0; i < tensor.size(); i++) {
          // The largest norm here is 11, two of them 15.6.
          tensor.array()[i] *= (float) (limit / 16);
        }
      }
      for (GradientClipping clipping :
          List.of(
              GradientClipping.byValue(limit),
              GradientClipping.byNorm(limit),
              GradientClipping.byGlobalNorm(limit))) {
        List<Tensor> clipped = clip(clipping, within);
        for (int i = 0; i < within.length; i++) {
          assertThat(clipped.get(i).sameElements(within[i])).as(clipping.toString()).isTrue();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void zeroGradientsStayZeroWithAFiniteDerivative(GradientClipping clipping) {
    Tape tape = new Tape();
    Variable zero = tape.input("gradient", Tensor.zeros(3));
    Variable clipped = clipped(clipping, List.of(zero)).getFirst();
    assertThat(clipped.value().toArray()).containsExactly(0, 0, 0);
    assertThat(tape.gradients(clipped.sum(), zero).of(zero).value().toArray())
        .containsExactly(1, 1, 1);
  }

  @ParameterizedTest
  @MethodSource("all")
  void aNanIsNotHidden(GradientClipping clipping) {
    Tensor broken = Tensor.vector(1, Float.NaN, 100);
    List<Tensor> clipped = clip(clipping, broken, Tensor.vector(7));
    assertThat(clipped.get(0).toArray()[1]).isNaN();
    boolean oneFactorForAll = clipping instanceof GradientClipping.ByGlobalNorm;
    assertThat(Float.isNaN(clipped.get(1).item())).isEqualTo(oneFactorForAll);
  }

  @ParameterizedTest
  @MethodSource("all")
  void anInfinityIsHeldByValueAndNotHiddenOtherwise(GradientClipping clipping) {
    float clipped =
        clip(clipping, Tensor.vector(1, Float.NEGATIVE_INFINITY)).getFirst().toArray()[1];
    if (clipping instanceof GradientClipping.ByValue) {
      assertThat(clipped).isEqualTo(-1.5f);
    } else {
      assertThat(clipped).matches(value -> !Float.isFinite(value));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void isDifferentiable(GradientClipping clipping) {
    Tensor[] point = {
      Samples.normal(SEED, 2, 3), Samples.normal(SEED + 1, 4), Tensor.vector(0.1f, 0.2f)
    };
    for (int picked = 0; picked < point.length; picked++) {
      int index = picked;
      GradientCheck.of(gradients -> clipped(clipping, gradients).get(index))
          .seed(SEED)
          .assertPasses(point);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void nothingToClipIsFine(GradientClipping clipping) {
    assertThat(clipping.clip(List.of(), List.of())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("all")
  void noElementIsAboveTheBound(GradientClipping clipping) {
    for (Tensor clipped : clip(clipping, GRADIENTS)) {
      for (float element : clipped.toArray()) {
        assertThat((double) Math.abs(element)).isLessThanOrEqualTo(clipping.bound());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void refusesWhatDoesNotFit(GradientClipping clipping) {
    Tape tape = new Tape();
    List<Variable> parameters = List.of(tape.constant(Tensor.vector(1, 2)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> clipping.clip(parameters, List.of(tape.constant(1))))
        .withMessage("clip: expected gradients of the shapes of the parameters [[2]], was [[]]");
  }

  /** Whose square overflows, but not the norm itself; the factor of the largest is subnormal. */
  @ParameterizedTest
  @ValueSource(floats = {2e19f, 1e30f, Float.MAX_VALUE})
  void howeverLargeGradientsAreClipped(float huge) {
    Tensor exploded = Tensor.vector(-huge, 1, 0);
    float[] expected = {-1, 1 / huge, 0};
    assertThat(clip(GradientClipping.byNorm(1), exploded).getFirst().toArray())
        .containsExactly(expected, within(2e-7f));
    List<Tensor> together =
        clip(
            GradientClipping.byGlobalNorm(1),
            Tensor.vector(-huge / 2, 1, 0),
            Tensor.vector(huge / 2));
    double half = Math.sqrt(0.5);
    assertThat((double) together.getFirst().toArray()[0]).isCloseTo(-half, within(4e-7));
    assertThat((double) together.getLast().item()).isCloseTo(half, within(4e-7));
    // The parameters are ones, whose norm is √3.
    assertThat((double) clip(GradientClipping.adaptive(1), exploded).getFirst().toArray()[0])
        .isCloseTo(-Math.sqrt(3), within(4e-7));
    assertThat(clip(GradientClipping.byValue(1), exploded).getFirst().toArray())
        .containsExactly(-1, 1, 0);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 1e-50, 9e-19, 2e18, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesLimitsOutOfRange(double limit) {
    if (!((float) limit > 0) || Double.isInfinite(limit)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> GradientClipping.byValue(limit))
          .withMessage(
              "clip by value: expected a limit above 0 and finite as a float, was " + limit);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GradientClipping.byNorm(limit))
        .withMessage("clip by norm: expected a limit from 1e-18 to 1e18, was " + limit);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GradientClipping.byGlobalNorm(limit))
        .withMessage("clip by global norm: expected a limit from 1e-18 to 1e18, was " + limit);
  }
}
