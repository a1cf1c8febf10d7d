package org.lanewise.nn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.lanewise.nn.Layers.batchNorm;
import static org.lanewise.nn.Layers.dense;
import static org.lanewise.nn.Layers.elu;
import static org.lanewise.nn.Layers.pRelu;
import static org.lanewise.nn.Layers.relu;
import static org.lanewise.nn.Layers.residual;
import static org.lanewise.nn.Layers.sequence;
import static org.lanewise.nn.Layers.tanh;
import static org.lanewise.nn.initializer.Initializer.heNormal;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.Inference;
import org.lanewise.nn.Samples;
import org.lanewise.nn.initializer.Initializer;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.layer.Mode;
import org.lanewise.nn.layer.Parameter;
import org.lanewise.nn.layer.Recording;
import org.lanewise.nn.regularizer.Regularizer;

final class NetworkTest {
  private static final long SEED = 6;

  private final Network network =
      Network.of(
          784,
          dense(300).initializer(heNormal()).withoutBias(),
          batchNorm(),
          elu(),
          dense(100).initializer(heNormal()),
          elu(),
          batchNorm().named("last_norm"),
          dense(10));

  /** A layer that claims to give another shape than it does. */
  private record Liar(Shape claimed) implements Layer {
    @Override
    public String kind() {
      return "liar";
    }

    @Override
    public Shape outputShape(Shape input) {
      return claimed;
    }

    @Override
    public Variable record(Recording recording, Variable x) {
      return x;
    }
  }

  private static RecordedNetwork record(
      Network network, Parameters parameters, Mode mode, Tensor x) {
    return network.record(parameters, mode, new Tape().input("x", x));
  }

  @Test
  void layersAreNamedByKindAndNumberOrByTheUser() {
    assertThat(network.layers().keySet())
        .containsExactly("dense1", "batch_norm1", "elu1", "dense2", "elu2", "last_norm", "dense3");
    assertThat(network.parameters().stream().map(Parameter::name))
        .containsExactly(
            "dense1/kernel",
            "batch_norm1/gamma",
            "batch_norm1/beta",
            "batch_norm1/running_mean",
            "batch_norm1/running_variance",
            "dense2/kernel",
            "dense2/bias",
            "last_norm/gamma",
            "last_norm/beta",
            "last_norm/running_mean",
            "last_norm/running_variance",
            "dense3/kernel",
            "dense3/bias");
  }

  @Test
  void twoLayersOfOneNameAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Network.of(2, relu().named("a"), tanh().named("a")))
        .withMessage(
            "network: two layers have the name a, expected names that differ or the same layer");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Network.of(2, relu().named("relu2"), relu()))
        .withMessage(
            "network: two layers have the name relu2, expected names that differ or the same"
                + " layer");
  }

  @Test
  void knowsItsShapes() {
    assertThat(network.inputShape()).isEqualTo(Shape.of(784));
    assertThat(network.outputShape()).isEqualTo(Shape.of(10));
    assertThat(Network.batched(5, Shape.of(2, 3))).isEqualTo(Shape.of(5, 2, 3));
    assertThat(Network.batched(5, Shape.SCALAR)).isEqualTo(Shape.of(5));
    assertThat(Network.of(Shape.of(2, 3), pRelu()).outputShape()).isEqualTo(Shape.of(2, 3));
  }

  @Test
  void theSummaryCountsWhatIsTrainedAndWhatIsNot() {
    List<List<String>> rows =
        network.summary().lines().map(line -> List.of(line.strip().split(" {2,}"))).toList();
    assertThat(rows)
        .containsExactly(
            List.of("layer", "output", "trainable", "not trainable", "memory"),
            List.of("input", "[784]"),
            List.of("dense1", "[300]", "235,200", "0", "918.8 KiB"),
            // Four parameters a unit, of which two are trained.
            List.of("batch_norm1", "[300]", "600", "600", "4.7 KiB"),
            List.of("elu1", "[300]", "0", "0", "0 B"),
            List.of("dense2", "[100]", "30,100", "0", "117.6 KiB"),
            List.of("elu2", "[100]", "0", "0", "0 B"),
            List.of("last_norm", "[100]", "200", "200", "1.6 KiB"),
            List.of("dense3", "[10]", "1,010", "0", "3.9 KiB"),
            List.of("total", "267,110", "800", "1.0 MiB"),
            List.of("outputs, one example", "4.7 KiB"));
    assertThat(network.summary().lines()).allMatch(line -> line.equals(line.stripTrailing()));
  }

  @Test
  void theSummaryKeepsLongNamesApart() {
    String name = "a_name_that_is_longer_than_the_column";
    String line =
        Network.of(2, dense(3).named(name)).summary().lines().skip(2).findFirst().orElseThrow();
    assertThat(line).matches(name + " +\\[3] +9 +0 +36 B");
  }

  @Test
  void misfitsNameTheLayer() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Network.of(Shape.of(2, 3), elu(), dense(3)))
        .withMessage("layer dense1: dense: expected examples that are vectors, was shape [2, 3]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Network.of(Shape.SCALAR, batchNorm().named("norm")))
        .withMessage(
            "layer norm: batch_norm: expected examples with at least one axis, was shape []");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                record(
                    network, network.initialize(SEED), Mode.TRAINING, Samples.normal(SEED, 1, 784)))
        .withMessage(
            "layer batch_norm1: batch_norm: expected a batch of at least 2 examples in training,"
                + " was 1");
  }

  @Test
  void aLayerThatGivesAnotherShapeThanItPromisesIsNamed() {
    Network lying = Network.of(2, new Liar(Shape.of(3)), dense(3));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> record(lying, lying.initialize(SEED), Mode.INFERENCE, Samples.normal(SEED, 4, 2)))
        .withMessage(
            "layer liar1: expected to record the shape [4, 3] that it promises, was [4, 2]");
  }

  @Test
  void nothingToComputeIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Network.of(2))
        .withMessage("network: expected at least one layer, was none");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Network.of(0, relu()))
        .withMessage("network: expected examples with at least one element, was shape [0]");
  }

  @Test
  void batchesThatDoNotFitAreRefused() {
    Network small = Network.of(3, dense(2));
    Parameters parameters = small.initialize(SEED);
    for (Shape shape : List.of(Shape.of(4), Shape.of(4, 2), Shape.of(1, 4, 3), Shape.SCALAR)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> record(small, parameters, Mode.INFERENCE, Tensor.zeros(shape)))
          .withMessage("network: expected a batch of shape [batch, 3], was " + shape);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> record(small, parameters, Mode.INFERENCE, Tensor.zeros(0, 3)))
        .withMessage("network: expected a batch of at least one example, was an empty one");
  }

  @Test
  void parametersThatDoNotFitAreRefused() {
    Network small = Network.of(3, dense(2));
    Tensor x = Samples.normal(SEED, 4, 3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> record(small, new Parameters(), Mode.INFERENCE, x))
        .withMessageStartingWith("parameters: there is no dense1/kernel");
    Parameters other = Network.of(3, dense(5)).initialize(SEED);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> record(small, other, Mode.INFERENCE, x))
        .withMessage("network: expected dense1/kernel of shape [3, 2], was [3, 5]");
  }

  @Test
  void drawsTheSameBitsFromTheSameSeed() {
    assertThat(network.initialize(3).sameElements(network.initialize(3))).isTrue();
    assertThat(network.initialize(3).sameElements(network.initialize(4))).isFalse();
  }

  @Test
  void aParameterDependsOnItsNameAndNotOnOtherLayers() {
    Parameters alone = Network.of(40, dense(30).named("hidden")).initialize(SEED);
    Parameters among =
        Network.of(40, dense(40), batchNorm(), dense(30).named("hidden"), dense(30))
            .initialize(SEED);
    assertThat(alone.get("hidden/kernel").sameElements(among.get("hidden/kernel"))).isTrue();
  }

  @Test
  void parametersOfOneShapeAreIndependent() {
    Initializer normal = heNormal();
    Parameters drawn =
        Network.of(300, dense(300).initializer(normal), dense(300).initializer(normal))
            .initialize(SEED);
    float[] first = drawn.get("dense1/kernel").array();
    float[] second = drawn.get("dense2/kernel").array();
    double sum = 0;
    for (int i = 0; i < first.length; i++) {
      sum += first[i] * (double) second[i];
    }
    // Each product has variance (2 / 300)²; beyond 6.1094 deviations with probability 1e-9.
    double z = sum / Math.sqrt(first.length) / (2.0 / 300);
    assertThat(z).as("seed %d", SEED).isCloseTo(0, within(6.1094));
  }

  @Test
  void normalizesBeforeOrAfterAnActivation() {
    int batch = 64;
    Tensor x = Samples.normal(SEED, batch, 6);
    Network after = Network.of(6, dense(4), elu(), batchNorm().epsilon(1e-6));
    Tensor y = record(after, after.initialize(SEED), Mode.TRAINING, x).output().value();
    Network before = Network.of(6, dense(4), batchNorm().epsilon(1e-6), elu());
    Tensor z = record(before, before.initialize(SEED), Mode.TRAINING, x).output().value();
    for (int j = 0; j < 4; j++) {
      double sum = 0;
      double squares = 0;
      double undone = 0;
      for (int i = 0; i < batch; i++) {
        sum += y.get(i, j);
        squares += y.get(i, j) * (double) y.get(i, j);
        // What came out of the normalization, from what the activation made of it.
        undone += z.get(i, j) > 0 ? z.get(i, j) : Math.log1p(z.get(i, j));
      }
      assertThat(sum / batch).as("seed %d", SEED).isCloseTo(0, within(1e-6));
      assertThat(squares / batch).as("seed %d", SEED).isCloseTo(1, within(1e-4));
      assertThat(undone / batch).as("seed %d", SEED).isCloseTo(0, within(1e-5));
    }
  }

  @Test
  void onlyTrainingUpdatesStatistics() {
    Tensor x = Samples.normal(SEED, 2, 784);
    Parameters parameters = network.initialize(SEED);
    RecordedNetwork training = record(network, parameters, Mode.TRAINING, x);
    assertThat(training.updates()).hasSize(4);
    assertThat(training.trainable().keySet())
        .containsExactly(
            "dense1/kernel",
            "batch_norm1/gamma",
            "batch_norm1/beta",
            "dense2/kernel",
            "dense2/bias",
            "last_norm/gamma",
            "last_norm/beta",
            "dense3/kernel",
            "dense3/bias");
    assertThat(record(network, parameters, Mode.INFERENCE, x).updates()).isEmpty();
  }

  @Test
  void namesTheLayerWhoseParametersOverflow() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Network.of(784, dense(4), dense(2_000_000_000)))
        .withMessageStartingWith("layer dense2: ")
        .withMessageContaining("[4, 2000000000]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"fa-IR", "ar-EG", "my-MM", "tr-TR"})
  void theSummaryIsTheSameInEveryLocale(String locale) {
    Network network = Network.of(1000, dense(300));
    String expected = network.summary();
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag(locale));
      assertThat(network.summary()).isEqualTo(expected);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void refusesLayersThatLieTooDeepWithinLayers() {
    Layer deep = dense(2);
    for (int level = 0; level < 256; level++) {
      deep = residual(deep);
    }
    Network network = Network.of(2, deep);
    assertThat(Inference.of(network, network.initialize(1), Tensor.zeros(1, 2)).shape())
        .isEqualTo(Shape.of(1, 2));
    Layer deeper = residual(deep);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Network.of(2, deeper))
        .withMessage(
            "layer residual1: expected at most 256 levels of layers within layers, was more");
    for (int level = 0; level < 3000; level++) {
      deep = level % 2 == 0 ? sequence(deep) : deep.regularize("kernel", Regularizer.l2(1));
    }
    Layer deepest = deep;
    assertThatIllegalArgumentException().isThrownBy(() -> Network.of(2, deepest));
  }
}
