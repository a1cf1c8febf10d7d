package org.lanewise.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.lanewise.autodiff.Gradients;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.nn.golden.GoldenCase;
import org.lanewise.nn.golden.GoldenFile;
import org.lanewise.nn.golden.GoldenTolerances;
import org.lanewise.nn.initializer.Initializer;
import org.lanewise.nn.normalization.BatchNorm;
import org.lanewise.nn.normalization.LayerNorm;
import org.lanewise.nn.normalization.RmsNorm;

/** Normalizations against golden values: results, every gradient, and running statistics. */
final class GoldenNormalizationTest {
  /** By the start of a case's name: what follows says what is special about its numbers. */
  private static final Map<String, Function<GoldenCase, Layer>> LAYERS =
      Map.of(
          "batch_norm", GoldenNormalizationTest::batchNorm,
          "batch_renorm",
              golden ->
                  batchNorm(golden).renormalized(golden.number("r_max"), golden.number("d_max")),
          "layer_norm", golden -> new LayerNorm(golden.number("epsilon"), true, true),
          "rms_norm", golden -> new RmsNorm(golden.number("epsilon")),
          "weight_norm",
              golden ->
                  new WeightNorm(
                      new Dense(
                          golden.get("length").shape().size(), Initializer.heNormal(), true)));

  private final List<GoldenCase> cases = GoldenFile.read("normalizations");
  private final GoldenTolerances tolerances = tolerances();

  private static GoldenTolerances tolerances() {
    String cancels = "a difference of terms as large as the largest element";
    String less =
        "the mean of terms twice as large as the largest element is 0 here, not its rounding";
    String narrow = "without the mean of 31 terms 1/sqrt(epsilon) gy, of which 1e-3 is left";
    return new GoldenTolerances()
        .wider("batch_norm", "y", 2e-6, 2e-7, cancels)
        .wider("batch_norm", "gx", 1e-5, 4e-7, less)
        .wider("batch_renorm", "gx", 1e-5, 1e-6, cancels)
        .wider("batch_renorm", "y", 2e-6, 2e-7, cancels)
        .wider("layer_norm", "y", 2e-6, 2e-7, cancels)
        .wider("layer_norm", "gx", 1e-5, 1e-7, cancels)
        .wider("rms_norm", "gx", 1e-5, 1e-7, cancels)
        .wider("batch_norm_narrow", "gx", 1e-5, 1e-6, narrow);
  }

  private static BatchNorm batchNorm(GoldenCase golden) {
    return new BatchNorm(
        golden.number("momentum"),
        golden.number("epsilon"),
        golden.tensors().containsKey("gamma"),
        golden.tensors().containsKey("beta"));
  }

  private static Layer layer(GoldenCase golden) {
    return LAYERS.entrySet().stream()
        .filter(entry -> golden.name().startsWith(entry.getKey()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no layer for " + golden))
        .getValue()
        .apply(golden);
  }

  @Test
  void resultsGradientsAndStatisticsAreGolden() {
    cases.forEach(this::check);
    tolerances.checkAllNeeded();
  }

  private void check(GoldenCase golden) {
    Layer layer = layer(golden);
    Tape tape = new Tape();
    Map<String, Variable> inputs = new LinkedHashMap<>();
    inputs.put("x", tape.input("x", golden.get("x").tensor()));
    int[] dimensions = golden.get("x").shape().dimensions();
    int[] example = new int[dimensions.length - 1];
    System.arraycopy(dimensions, 1, example, 0, example.length);
    List<Parameter> parameters = layer.parameters(Shape.of(example));
    for (Parameter parameter : parameters) {
      String name = parameter.name();
      inputs.put(name, tape.input(name, golden.get(name).tensor()));
    }
    List<Variable> variables = new ArrayList<>(inputs.values());
    Mode mode = Mode.valueOf(golden.text("mode").toUpperCase(Locale.ROOT));
    LoneRecording recording =
        new LoneRecording(mode, tape, parameters, variables.subList(1, variables.size()));
    Variable y = layer.record(recording, inputs.get("x"));
    tolerances.check(golden, "y", y.value());
    Variable scalar = y.multiply(tape.constant(golden.get("gy").tensor())).sum();
    Gradients gradients = tape.gradients(scalar, variables);
    inputs.forEach(
        (name, variable) -> {
          if (!name.startsWith("running")) {
            tolerances.check(golden, "g" + name, gradients.of(variable).value());
          }
        });
    recording
        .updates()
        .forEach((name, value) -> tolerances.check(golden, "next_" + name, value.value()));
    assertThat(recording.updates().isEmpty())
        .isEqualTo(!golden.tensors().containsKey("next_running_mean"));
  }

  @Test
  void everyNormalizationHasGoldenValues() {
    assertThat(cases.stream().map(golden -> layer(golden).kind()).distinct())
        .containsExactlyInAnyOrderElementsOf(LAYERS.keySet());
  }
}
