package org.lanewise.nn.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.nn.layer.Activation;

/** Activations against golden values, at ordinary points and far out. */
final class GoldenActivationsTest {
  private static final Map<String, Function<GoldenCase, Activation>> ACTIVATIONS =
      Map.of(
          "logistic", _ -> new Activation.Logistic(),
          "tanh", _ -> new Activation.Tanh(),
          "relu", _ -> new Activation.Relu(),
          "leaky_relu", golden -> new Activation.LeakyRelu(golden.number("alpha")),
          "elu", golden -> new Activation.Elu(golden.number("alpha")),
          "selu", _ -> new Activation.Selu());

  private final List<GoldenCase> cases = GoldenFile.read("activations");
  private final GoldenTolerances tolerances = new GoldenTolerances();

  @Test
  void valuesAndGradientsAreGolden() {
    for (GoldenCase golden : cases) {
      Tape tape = new Tape();
      Variable x = tape.input("x", golden.get("x").tensor());
      Variable y = ACTIVATIONS.get(golden.name()).apply(golden).of(x);
      tolerances.check(golden, "y", y.value());
      Variable weighted = y.multiply(tape.constant(golden.get("gy").tensor())).sum();
      tolerances.check(golden, "gx", tape.gradients(weighted, x).of(x).value());
    }
    tolerances.checkAllNeeded();
  }

  @Test
  void everyActivationHasGoldenValues() {
    assertThat(cases.stream().map(GoldenCase::name).collect(Collectors.toSet()))
        .containsAll(Activation.all().stream().map(Activation::kind).toList());
  }
}
