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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.autodiff.GradientCheck;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.Samples;

final class AdaptiveClippingTest {
  private static final long SEED = 19;

  private static Tensor clip(GradientClipping clipping, Tensor parameter, Tensor gradient) {
    Tape tape = new Tape();
    return clipping
        .clip(List.of(tape.constant(parameter)), List.of(tape.constant(gradient)))
        .getFirst()
        .value();
  }

  private static Stream<Shape> shapes() {
    return Stream.of(
        Shape.of(4, 3),
        Shape.of(1, 5),
        Shape.of(3, 2, 4),
        Shape.of(2, 2, 3, 2),
        Shape.of(6),
        Shape.SCALAR);
  }

  /** The same once more in double precision: a unit is what shares the last index of a kernel. */
  @ParameterizedTest
  @MethodSource("shapes")
  void followsTheFormulaForEachUnit(Shape shape) {
    double clipping = 0.3;
    double epsilon = 0.8;
    Tensor w = Samples.normal(SEED, shape.dimensions());
    Tensor g = Samples.normal(SEED + 1, shape.dimensions());
    Tensor clipped = clip(GradientClipping.adaptive(clipping).epsilon(epsilon), w, g);
    assertThat(clipped.shape()).isEqualTo(shape);
    int units = shape.rank() < 2 ? 1 : shape.dimension(-1);
    for (int unit = 0; unit < units; unit++) {
      double limit = clipping * Math.max(norm(w, unit, units), epsilon);
      double factor = Math.min(1, limit / norm(g, unit, units));
      for (int i = unit; i < g.size(); i += units) {
        double expected = factor * g.toArray()[i];
        assertThat((double) clipped.toArray()[i])
            .as("seed %d", SEED)
            .isCloseTo(expected, within(4e-7 * Math.abs(expected)));
      }
    }
  }

  private static double norm(Tensor x, int unit, int units) {
    double squares = 0;
    for (int i = unit; i < x.size(); i += units) {
      squares += x.toArray()[i] * (double) x.toArray()[i];
    }
    return Math.sqrt(squares);
  }

  @Test
  void clipsTheUnitThatIsTooLargeAlone() {
    Tensor w = Tensor.matrix(new float[] {3, 3, 0}, new float[] {4, 4, 0});
    Tensor g = Tensor.matrix(new float[] {6, 0.1f, 0.001f}, new float[] {8, 0.1f, 0});
    // Limits: 0.1 · 5 twice, and 0.1 · 0.001 for the unit without weights.
    assertThat(clip(GradientClipping.adaptive(0.1), w, g).toArray())
        .containsExactly(new float[] {0.3f, 0.1f, 1e-4f, 0.4f, 0.1f, 0}, within(1e-7f));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-9, 0.01, 0.16, 0.3, 1, 17, 1e9})
  void gradientsWithinTheLimitKeepTheirBits(double clipping) {
    Tensor w = Samples.normal(SEED, 5, 4);
    Tensor g = Samples.uniform(-1, 1, SEED + 1, 5, 4);
    for (int i = 0; i < g.size(); i++) {
      // The norm of a unit of g is below √5, that of w is above 0.5 here.
      g.array()[i] *= (float) (0.2 * clipping);
    }
    for (int unit = 0; unit < 4; unit++) {
      assertThat(norm(w, unit, 4)).isGreaterThan(0.5);
    }
    assertThat(clip(GradientClipping.adaptive(clipping), w, g).sameElements(g)).isTrue();
  }

  @Test
  void isDifferentiableByTheParametersToo() {
    List<Tensor> point = new ArrayList<>();
    for (int[] dimensions : new int[][] {{3, 4}, {5}, {2, 2, 3}}) {
      point.add(Samples.normal(SEED + point.size(), dimensions));
      point.add(Samples.normal(SEED + point.size(), dimensions));
    }
    for (int picked = 0; picked < 3; picked++) {
      int index = picked;
      GradientCheck.of(
              inputs -> {
                List<Variable> parameters = List.of(inputs.get(0), inputs.get(2), inputs.get(4));
                List<Variable> gradients = List.of(inputs.get(1), inputs.get(3), inputs.get(5));
                return GradientClipping.adaptive(0.4).clip(parameters, gradients).get(index);
              })
          .seed(SEED)
          .assertPasses(point.toArray(Tensor[]::new));
    }
  }

  @Test
  void weightsOfZeroLeaveAFiniteDerivative() {
    Tape tape = new Tape();
    Variable w = tape.input("w", Tensor.zeros(2, 2));
    Variable g = tape.input("g", Tensor.of(new float[] {1, 0, 2, 0}, 2, 2));
    Variable sum = GradientClipping.adaptive(0.1).clip(List.of(w), List.of(g)).getFirst().sum();
    for (Variable gradient : tape.gradients(sum, w, g).all()) {
      assertThat(Arrays.toString(gradient.value().toArray())).doesNotContain("NaN", "Infinity");
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "-1, 1", "1e-10, 1", "1e10, 1", "NaN, 1", "1, 0", "1, NaN", "1, Infinity"})
  void refusesNumbersOutOfRange(double clipping, double epsilon) {
    boolean clippingIsWrong = epsilon == 1;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GradientClipping.Adaptive(clipping, epsilon))
        .withMessage(
            "clip adaptively: expected "
                + (clippingIsWrong ? "clipping" : "epsilon")
                + " from 1e-9 to 1e9, was "
                + (clippingIsWrong ? clipping : epsilon));
  }
}
