package org.lanewise.nn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.lanewise.nn.Layers.batchNorm;
import static org.lanewise.nn.Layers.batchRenorm;
import static org.lanewise.nn.Layers.dense;
import static org.lanewise.nn.Layers.elu;
import static org.lanewise.nn.Layers.identity;
import static org.lanewise.nn.Layers.parallel;
import static org.lanewise.nn.Layers.relu;
import static org.lanewise.nn.Layers.residual;
import static org.lanewise.nn.Layers.sequence;
import static org.lanewise.nn.Layers.tiedDense;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.random.RandomStream;
import org.lanewise.nn.Inference;
import org.lanewise.nn.Samples;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.layer.Mode;
import org.lanewise.nn.normalization.Folding;
import org.lanewise.nn.prediction.Predictor;
import org.lanewise.nn.regularizer.Regularizer;

final class FoldedNetworkTest {
  private static final long SEED = 53;
  private static final int INPUTS = 37;
  private static final int UNITS = 6;

  @TempDir Path folder;

  /** Parameters as after training: none is where it starts, variances are above 0. */
  private static Parameters trained(Network network) {
    Parameters parameters = network.initialize(SEED);
    for (String name : parameters.names()) {
      Tensor tensor = parameters.get(name);
      long own = RandomStream.of(SEED).child(name).stream();
      int[] dimensions = tensor.shape().dimensions();
      if (name.endsWith("running_variance")) {
        tensor.copyFrom(Samples.uniform(0.1, 4, own, dimensions));
      } else if (!name.endsWith("kernel") && !name.endsWith("direction")) {
        tensor.copyFrom(Samples.normal(own, dimensions));
      }
    }
    return parameters;
  }

  private static Stream<Arguments> pairs() {
    Layer plain = dense(UNITS);
    return Stream.of(
        Arguments.of(plain, batchNorm()),
        Arguments.of(dense(UNITS).withoutBias(), batchNorm()),
        Arguments.of(dense(UNITS).weightNorm(), batchNorm()),
        Arguments.of(plain.regularize("kernel", Regularizer.l2(0.1)), batchNorm()),
        Arguments.of(plain, batchNorm().epsilon(0.1).withoutScale()),
        Arguments.of(plain, batchNorm().withoutCenter()),
        Arguments.of(plain, batchRenorm()));
  }

  @Test
  void layersThatWereTakenApartAreFoundByTheirPaths() {
    Network network = Network.of(4, residual(dense(4), batchNorm(), relu()), dense(2));
    Network folded = FoldedNetwork.of(network, trained(network)).network();
    assertThat(folded.layers().keySet())
        .containsExactly("residual1/dense1", "residual1/relu1", "dense1");
    assertThat(folded.layer("residual1/relu1")).isEqualTo(relu());
  }

  /** Within the bound that is stated: what rounding can make of both ways to compute a unit. */
  @ParameterizedTest
  @MethodSource("pairs")
  void isTheSameFunctionUpToRounding(Layer layer, Layer norm) {
    Network network = Network.of(INPUTS, layer.named("layer"), norm.named("norm"));
    Parameters parameters = trained(network);
    Tensor mean = parameters.get("norm/running_mean");
    // A mean that is far from 0 is the hardest.
    mean.array()[2] = 300;
    FoldedNetwork folded = FoldedNetwork.of(network, parameters);
    assertThat(folded.network().names()).containsExactly("layer");
    assertThat(folded.parameters().names()).containsExactly("layer/kernel", "layer/bias");

    Tensor x = Samples.normal(SEED, 50, INPUTS);
    Tensor expected = Inference.of(network, parameters, x);
    Tensor y = Inference.of(folded.network(), folded.parameters(), x);
    Tensor kernel = folded.parameters().get("layer/kernel");
    double worst = 0;
    for (int unit = 0; unit < UNITS; unit++) {
      double epsilon = norm.equals(batchNorm().epsilon(0.1).withoutScale()) ? 0.1 : 0.001;
      double gamma = parameters.contains("norm/gamma") ? parameters.get("norm/gamma").get(unit) : 1;
      double beta = parameters.contains("norm/beta") ? parameters.get("norm/beta").get(unit) : 0;
      double bias = parameters.contains("layer/bias") ? parameters.get("layer/bias").get(unit) : 0;
      double variance = parameters.get("norm/running_variance").get(unit);
      double scale = Math.abs(gamma) / Math.sqrt(variance + epsilon);
      for (int i = 0; i < 50; i++) {
        double size = scale * (Math.abs(bias) + Math.abs(mean.get(unit))) + Math.abs(beta);
        for (int k = 0; k < INPUTS; k++) {
          size += Math.abs(x.get(i, k) * (double) kernel.get(k, unit));
        }
        double bound = 0x1p-23 * (INPUTS + 8) * size;
        double error = Math.abs(y.get(i, unit) - (double) expected.get(i, unit));
        assertThat(error).as("seed %d", SEED).isLessThanOrEqualTo(bound);
        worst = Math.max(worst, error);
      }
    }
    assertThat(worst).as("another computation rounds otherwise").isPositive();
  }

  @Test
  void foldsEveryPairOfADeepNetwork() {
    Network network =
        Network.of(
            INPUTS,
            dense(20),
            batchNorm(),
            elu(),
            dense(20).withoutBias(),
            batchNorm(),
            relu(),
            dense(3));
    Parameters parameters = trained(network);
    Parameters before = parameters.copy();
    FoldedNetwork folded = FoldedNetwork.of(network, parameters);
    assertThat(folded.network().names())
        .containsExactly("dense1", "elu1", "dense2", "relu1", "dense3");
    assertThat(parameters.sameElements(before)).isTrue();
    Tensor x = Samples.normal(SEED, 30, INPUTS);
    Tensor expected = Inference.of(network, parameters, x);
    Tensor y = Inference.of(folded.network(), folded.parameters(), x);
    for (int i = 0; i < y.size(); i++) {
      assertThat(y.toArray()[i])
          .as("seed %d", SEED)
          .isCloseTo(expected.toArray()[i], within(2e-5f));
    }
  }

  @Test
  void whatIsNotFoldedKeepsItsBits() {
    Network network = Network.of(INPUTS, dense(4), elu(), batchNorm(), dense(3));
    Parameters parameters = trained(network);
    FoldedNetwork folded = FoldedNetwork.of(network, parameters);
    assertThat(folded.network().names()).isEqualTo(network.names());
    assertThat(folded.parameters().sameElements(parameters)).isTrue();
    Tensor kernel = parameters.get("dense1/kernel");
    assertThat(folded.parameters().get("dense1/kernel")).isNotSameAs(kernel);
  }

  @Test
  void aLayerWhoseOutputGoesElsewhereTooStays() {
    Flow input = Flow.input("input", INPUTS);
    Flow hidden = input.then(dense(4));
    Flow joined = Flow.add(hidden, hidden.then(batchNorm()));
    Network residual = Network.of(List.of(input), List.of(joined));
    Parameters parameters = trained(residual);
    assertThat(FoldedNetwork.of(residual, parameters).network().names())
        .isEqualTo(residual.names());
    Network both = Network.of(List.of(input), List.of(hidden, hidden.then(batchNorm())));
    assertThat(FoldedNetwork.of(both, trained(both)).network().names()).isEqualTo(both.names());
  }

  @Test
  void aSharedLayerStays() {
    Flow input = Flow.input("input", INPUTS);
    Layer shared = dense(INPUTS).named("shared");
    Flow twice = input.then(shared, batchNorm(), shared);
    Network network = Network.of(List.of(input), List.of(twice));
    assertThat(FoldedNetwork.of(network, trained(network)).network().names())
        .isEqualTo(network.names());
  }

  /** Within layers that are made of layers, and across where they begin and end. */
  @Test
  void foldsWithinLayersThatAreMadeOfLayers() throws IOException {
    Network network =
        Network.of(
            INPUTS,
            dense(8),
            residual(
                batchNorm(),
                elu(),
                dense(6),
                batchNorm(),
                relu(),
                sequence(dense(7), batchNorm(), dense(8)).named("pair"),
                batchNorm()),
            parallel(
                identity(),
                sequence(dense(5).withoutBias(), batchNorm()),
                dense(4).weightNorm().named("last")),
            sequence(dense(9)),
            batchNorm(),
            dense(3));
    Parameters parameters = trained(network);
    FoldedNetwork folded = FoldedNetwork.of(network, parameters);
    assertThat(folded.network().names())
        .containsExactly(
            "dense1",
            "residual1/batch_norm1",
            "residual1/elu1",
            "residual1/dense1",
            "residual1/relu1",
            "residual1/pair/dense1",
            "residual1/pair/dense2",
            "residual1",
            "parallel1/identity1",
            "parallel1/sequence1/dense1",
            "parallel1/last",
            "parallel1",
            "sequence1/dense1",
            "dense2");
    Tensor x = Samples.normal(SEED, 30, INPUTS);
    Tensor expected = Inference.of(network, parameters, x);
    Tensor y = Inference.of(folded.network(), folded.parameters(), x);
    float largest = 0;
    for (float each : expected.toArray()) {
      largest = Math.max(largest, Math.abs(each));
    }
    for (int i = 0; i < y.size(); i++) {
      assertThat(y.toArray()[i])
          .as("seed %d", SEED)
          .isCloseTo(expected.toArray()[i], within(4e-6f * largest));
    }
    Path path = folder.resolve("folded");
    folded.network().save(path, folded.parameters());
    assertThat(Predictor.of(Network.load(path)).predict(x).sameElements(y)).isTrue();
  }

  @Test
  void whatIsWithinASharedLayerStays() {
    Flow left = Flow.input("left", INPUTS);
    Flow right = Flow.input("right", INPUTS);
    Layer tower = sequence(dense(4), batchNorm(), elu()).named("tower");
    Network network =
        Network.of(List.of(left, right), List.of(Flow.add(left.then(tower), right.then(tower))));
    Parameters parameters = trained(network);
    FoldedNetwork folded = FoldedNetwork.of(network, parameters);
    assertThat(folded.network().names())
        .containsExactly("tower/dense1", "tower/batch_norm1", "tower/elu1", "add1");
    List<Tensor> x = List.of(Samples.normal(1, 5, INPUTS), Samples.normal(2, 5, INPUTS));
    assertThat(recorded(folded.network(), folded.parameters(), x))
        .isEqualTo(recorded(network, parameters, x));
  }

  private static String recorded(Network network, Parameters parameters, List<Tensor> x) {
    Tape tape = new Tape();
    List<Variable> inputs = x.stream().map(tape::constant).toList();
    Tensor y = network.record(parameters, Mode.INFERENCE, inputs).output().value();
    return Arrays.toString(y.toArray());
  }

  /** A tied layer uses the kernel as it was trained. */
  @Test
  void aLayerThatLendsItsParametersStays() {
    Network network =
        Network.of(INPUTS, dense(4).named("code"), batchNorm(), elu(), tiedDense("code", INPUTS));
    Parameters parameters = trained(network);
    FoldedNetwork folded = FoldedNetwork.of(network, parameters);
    assertThat(folded.network().names()).isEqualTo(network.names());
    Tensor x = Samples.normal(SEED, 5, INPUTS);
    assertThat(
            Inference.of(folded.network(), folded.parameters(), x)
                .sameElements(Inference.of(network, parameters, x)))
        .isTrue();
  }

  @Test
  void refusesLayersThatCannotBeFolded() {
    assertThat(Folding.folds(dense(3), batchNorm())).isTrue();
    assertThat(Folding.folds(elu(), batchNorm())).isFalse();
    assertThat(Folding.folds(dense(3), elu())).isFalse();
    Parameters none = new Parameters();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Folding.of(elu(), none::get, batchNorm(), none::get))
        .withMessage(
            "folding: expected a dense layer and batch normalization, was elu and batch_norm");
  }

  @Test
  void statisticsStartAnew() {
    Network network = Network.of(INPUTS, dense(4), batchNorm(), dense(3), batchNorm());
    Parameters parameters = trained(network);
    Parameters before = parameters.copy();
    Statistics.reset(network.freeze("batch_norm2"), parameters);
    assertThat(parameters.get("batch_norm1/running_mean").toArray()).containsOnly(0);
    assertThat(parameters.get("batch_norm1/running_variance").toArray()).containsOnly(1);
    for (String name : parameters.names()) {
      if (!name.startsWith("batch_norm1/running")) {
        assertThat(parameters.get(name).sameElements(before.get(name))).as(name).isTrue();
      }
    }
  }
}
