package org.lanewise.nn.golden;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.nn.activation.Activation;
import org.lanewise.nn.activation.Celu;
import org.lanewise.nn.activation.Elu;
import org.lanewise.nn.activation.Gelu;
import org.lanewise.nn.activation.GeluTanh;
import org.lanewise.nn.activation.Glu;
import org.lanewise.nn.activation.HardSigmoid;
import org.lanewise.nn.activation.HardSwish;
import org.lanewise.nn.activation.LeakyRelu;
import org.lanewise.nn.activation.LogSoftmax;
import org.lanewise.nn.activation.Logistic;
import org.lanewise.nn.activation.Mish;
import org.lanewise.nn.activation.PRelu;
import org.lanewise.nn.activation.RRelu;
import org.lanewise.nn.activation.Relu;
import org.lanewise.nn.activation.Relu6;
import org.lanewise.nn.activation.Selu;
import org.lanewise.nn.activation.Softmax;
import org.lanewise.nn.activation.Softplus;
import org.lanewise.nn.activation.Softsign;
import org.lanewise.nn.activation.Swish;
import org.lanewise.nn.activation.Tanh;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.layer.LoneRecording;
import org.lanewise.nn.layer.Mode;

/** Layers against golden values: results and every gradient, at ordinary points and far out. */
final class GoldenLayersTest {
  private static final Map<String, Function<GoldenCase, Layer>> LAYERS =
      Map.ofEntries(
          entry("logistic", _ -> new Logistic()),
          entry("tanh", _ -> new Tanh()),
          entry("softsign", _ -> new Softsign()),
          entry("softplus", _ -> new Softplus()),
          entry("hard_sigmoid", _ -> new HardSigmoid()),
          entry("relu", _ -> new Relu()),
          entry("relu6", _ -> new Relu6()),
          entry("leaky_relu", golden -> new LeakyRelu(golden.number("alpha"))),
          entry("elu", golden -> new Elu(golden.number("alpha"))),
          entry("selu", _ -> new Selu()),
          entry("celu", golden -> new Celu(golden.number("alpha"))),
          entry("gelu", _ -> new Gelu()),
          entry("gelu_tanh", _ -> new GeluTanh()),
          entry("swish", golden -> new Swish(golden.number("beta"))),
          entry("mish", _ -> new Mish()),
          entry("hard_swish", _ -> new HardSwish()),
          entry("rrelu", golden -> new RRelu(golden.number("low"), golden.number("high"))),
          entry("glu", _ -> new Glu()),
          entry("softmax", _ -> new Softmax()),
          entry("log_softmax", _ -> new LogSoftmax()),
          entry("prelu", golden -> new PRelu(0.25, golden.settings().containsKey("shared"))));

  private final List<GoldenCase> cases = GoldenFile.read("activations");
  private final GoldenTolerances tolerances =
      new GoldenTolerances()
          .wider("gelu_tanh", "y", 5e-6, 0, "the argument of an exponential, up to 87, is rounded");

  @Test
  void resultsAndGradientsAreGolden() {
    assertAll(cases.stream().map(golden -> () -> check(golden)));
    tolerances.checkAllNeeded();
  }

  private void check(GoldenCase golden) {
    Layer layer = LAYERS.get(golden.name()).apply(golden);
    Tape tape = new Tape();
    Map<String, Variable> inputs = new LinkedHashMap<>();
    Variable x = tape.input("x", golden.get("x").tensor());
    inputs.put("x", x);
    int[] batch = x.shape().dimensions();
    Shape example = Shape.of(Arrays.copyOfRange(batch, 1, batch.length));
    layer
        .parameters(example)
        .forEach(
            parameter ->
                inputs.put(
                    parameter.name(),
                    tape.input(parameter.name(), golden.get(parameter.name()).tensor())));
    LoneRecording recording =
        new LoneRecording(
            Mode.INFERENCE,
            tape,
            layer.parameters(example),
            inputs.values().stream().skip(1).toList());
    Variable y = layer.record(recording, x);
    tolerances.check(golden, "y", y.value());
    Variable weighted = y.multiply(tape.constant(golden.get("gy").tensor())).sum();
    inputs.forEach(
        (name, input) ->
            tolerances.check(
                golden, "g" + name, tape.gradients(weighted, input).of(input).value()));
  }

  @Test
  void everyActivationHasGoldenValues() {
    assertThat(cases.stream().map(GoldenCase::name).collect(Collectors.toSet()))
        .containsAll(Activation.all().stream().map(Activation::kind).toList())
        .isEqualTo(LAYERS.keySet());
  }
}
