package org.lanewise.nn.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.nn.loss.BinaryCrossEntropy;
import org.lanewise.nn.loss.CosineDistance;
import org.lanewise.nn.loss.Hinge;
import org.lanewise.nn.loss.Huber;
import org.lanewise.nn.loss.KlDivergence;
import org.lanewise.nn.loss.Loss;
import org.lanewise.nn.loss.LossContractTest;
import org.lanewise.nn.loss.MeanAbsoluteError;
import org.lanewise.nn.loss.MeanSquaredError;
import org.lanewise.nn.loss.SoftmaxCrossEntropy;

/** Losses against golden values: results and gradients, at ordinary points and far out. */
final class GoldenLossesTest {
  private static final Map<String, Function<GoldenCase, Loss>> LOSSES =
      Map.of(
          "softmax_cross_entropy", GoldenLossesTest::softmaxCrossEntropy,
          "binary_cross_entropy", _ -> new BinaryCrossEntropy(),
          "mean_squared_error", _ -> new MeanSquaredError(),
          "mean_absolute_error", _ -> new MeanAbsoluteError(),
          "huber", golden -> new Huber(golden.number("delta")),
          "hinge", _ -> new Hinge(),
          "kl_divergence", _ -> new KlDivergence(),
          "cosine_distance", _ -> new CosineDistance());

  private final List<GoldenCase> cases = GoldenFile.read("losses");
  private final GoldenTolerances tolerances =
      new GoldenTolerances()
          .wider("softmax_cross_entropy", "gx", 1e-5, 1e-7, "p − 1 cancels where p is close to 1")
          .wider("cosine_distance", "gx", 1e-5, 1e-7, "what points along the output is taken off");

  private static Loss softmaxCrossEntropy(GoldenCase golden) {
    Map<String, String> settings = golden.settings();
    SoftmaxCrossEntropy loss =
        new SoftmaxCrossEntropy()
            .labelSmoothing(Double.parseDouble(settings.getOrDefault("smoothing", "0")));
    if (settings.containsKey("weights")) {
      loss =
          loss.classWeights(
              Arrays.stream(golden.text("weights").split(",", -1))
                  .mapToDouble(Double::parseDouble)
                  .toArray());
    }
    return settings.containsKey("one_hot") ? loss.withOneHotTargets() : loss;
  }

  @Test
  void resultsAndGradientsAreGolden() {
    assertAll(cases.stream().map(golden -> () -> check(golden)));
    tolerances.checkAllNeeded();
  }

  private void check(GoldenCase golden) {
    Loss loss = LOSSES.get(golden.name()).apply(golden);
    Tape tape = new Tape();
    Variable x = tape.input("x", golden.get("x").tensor());
    Variable y = loss.record(x, tape.constant(golden.get("targets").tensor()));
    tolerances.check(golden, "y", y.value());
    tolerances.check(golden, "gx", tape.gradients(y, x).of(x).value());
  }

  @Test
  void everyLossHasGoldenValues() {
    assertThat(
            cases.stream()
                .map(golden -> LOSSES.get(golden.name()).apply(golden).getClass().getName())
                .collect(Collectors.toSet()))
        .containsAll(
            LossContractTest.losses().stream().map(loss -> loss.getClass().getName()).toList());
  }
}
