package org.lanewise.nn.regularizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.nn.golden.GoldenCase;
import org.lanewise.nn.golden.GoldenFile;
import org.lanewise.nn.golden.GoldenTolerances;

/** Penalties with their gradients, and what max-norm makes of weights, against golden values. */
final class GoldenPenaltiesTest {
  private static final String MAX_NORM = "max_norm";

  private static final Map<String, Function<GoldenCase, Regularizer>> PENALTIES =
      Map.of(
          "l1", golden -> Regularizer.l1(golden.number("factor1")),
          "l2", golden -> Regularizer.l2(golden.number("factor2")),
          "l1l2", golden -> Regularizer.l1l2(golden.number("factor1"), golden.number("factor2")));

  private final List<GoldenCase> cases = GoldenFile.read("penalties");
  private final GoldenTolerances tolerances = new GoldenTolerances();

  @Test
  void penaltiesAndTheirGradientsAreGolden() {
    List<GoldenCase> penalties =
        cases.stream().filter(golden -> !golden.name().equals(MAX_NORM)).toList();
    assertThat(penalties.stream().map(GoldenCase::name).collect(Collectors.toSet()))
        .isEqualTo(PENALTIES.keySet());
    for (GoldenCase golden : penalties) {
      Tape tape = new Tape();
      Variable w = tape.input("w", golden.get("x").tensor());
      Variable penalty = PENALTIES.get(golden.name()).apply(golden).penalty(w);
      tolerances.check(golden, "y", penalty.value());
      tolerances.check(golden, "gx", tape.gradients(penalty, w).of(w).value());
    }
  }

  @Test
  void maxNormIsGolden() {
    List<GoldenCase> constrained =
        cases.stream().filter(golden -> golden.name().equals(MAX_NORM)).toList();
    assertThat(constrained).hasSize(5);
    for (GoldenCase golden : constrained) {
      int kept = (int) golden.number("kept");
      int[] axes =
          IntStream.range(0, golden.get("x").shape().rank()).filter(axis -> axis != kept).toArray();
      Constraint constraint = Constraint.maxNorm(golden.number("largest"), axes);
      Variable w = new Tape().input("w", golden.get("x").tensor());
      tolerances.check(golden, "y", constraint.apply(w).value());
    }
  }
}
