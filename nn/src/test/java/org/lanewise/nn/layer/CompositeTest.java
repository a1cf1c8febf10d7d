package org.lanewise.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.lanewise.nn.Layers.batchNorm;
import static org.lanewise.nn.Layers.dense;
import static org.lanewise.nn.Layers.embedding;
import static org.lanewise.nn.Layers.flatten;
import static org.lanewise.nn.Layers.identity;
import static org.lanewise.nn.Layers.parallel;
import static org.lanewise.nn.Layers.relu;
import static org.lanewise.nn.Layers.reshape;
import static org.lanewise.nn.Layers.residual;
import static org.lanewise.nn.Layers.sequence;
import static org.lanewise.nn.Layers.tanh;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.Samples;
import org.lanewise.nn.network.Flow;
import org.lanewise.nn.network.Network;
import org.lanewise.nn.network.Parameters;
import org.lanewise.nn.prediction.Predictor;

/** Layers made of layers, and layers that change nothing but the shape. */
final class CompositeTest {
  private static final long SEED = 2;

  /** The same values under the names of another network, in their order. */
  private static Parameters renamed(Parameters values, Network network) {
    Parameters renamed = new Parameters();
    for (int i = 0; i < values.names().size(); i++) {
      renamed.add(network.parameters().get(i).name(), values.get(values.names().get(i)));
    }
    return renamed;
  }

  private static void assertSame(Network composite, Network written, Tensor x) {
    Parameters parameters = composite.initialize(SEED);
    Tensor expected = new Predictor(written, renamed(parameters, written)).predict(x);
    assertThat(new Predictor(composite, parameters).predict(x).sameElements(expected)).isTrue();
  }

  @Test
  void aResidualAddsWhatItSkips() {
    Flow x = Flow.input("x", 4);
    Flow y = Flow.add(x, x.then(dense(6), relu(), dense(4))).then(relu());
    assertSame(
        Network.of(4, residual(dense(6), relu(), dense(4)), relu()),
        Network.of(List.of(x), List.of(y)),
        Samples.normal(SEED, 5, 4));
  }

  @Test
  void parallelBranchesAreConcatenated() {
    Flow x = Flow.input("x", 4);
    Flow y = Flow.concatenate(x, x.then(dense(6), tanh()), x.then(dense(2))).then(dense(1));
    assertSame(
        Network.of(4, parallel(identity(), sequence(dense(6), tanh()), dense(2)), dense(1)),
        Network.of(List.of(x), List.of(y)),
        Samples.normal(SEED, 5, 4));
  }

  @Test
  void innerLayersHaveTheirNamesWithin() {
    Network network =
        Network.of(
            4,
            residual(batchNorm(), sequence(dense(4).named("first"), dense(4)).named("pair")),
            parallel(dense(1).withoutBias()));
    assertThat(network.parameters().stream().map(Parameter::name))
        .containsExactly(
            "residual1/batch_norm1/gamma",
            "residual1/batch_norm1/beta",
            "residual1/batch_norm1/running_mean",
            "residual1/batch_norm1/running_variance",
            "residual1/pair/first/kernel",
            "residual1/pair/first/bias",
            "residual1/pair/dense2/kernel",
            "residual1/pair/dense2/bias",
            "parallel1/dense1/kernel");
    assertThat(
            network.freeze("residual1/pair/first").parameters().stream()
                .filter(parameter -> !parameter.trainable())
                .map(Parameter::name))
        .contains("residual1/pair/first/kernel", "residual1/pair/first/bias")
        .doesNotContain("residual1/pair/dense2/kernel");
  }

  @Test
  void misfitsAreNamedFromTheOutside() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Network.of(4, residual(dense(3))))
        .withMessage("layer residual1: residual: expected layers that keep the shape [4], was [3]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Network.of(Shape.of(2, 2), sequence(parallel(dense(3)))))
        .withMessage(
            "layer sequence1: layer parallel1: layer dense1: dense: expected examples that are"
                + " vectors, was shape [2, 2]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> residual())
        .withMessage("sequence: expected at least one layer, was none");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parallel(dense(1).named("a"), dense(2).named("a")))
        .withMessage("parallel: two layers have the name a, expected names that differ");
  }

  @Test
  void anEmbeddingIsFlattenedToAVector() {
    Network network = Network.of(2, embedding(10, 3), flatten());
    assertThat(network.outputShape()).isEqualTo(Shape.of(6));
    Parameters parameters = network.initialize(SEED);
    float[] table = parameters.get("embedding1/table").array();
    assertThat(table).hasSize(30);
    Predictor predictor = new Predictor(network, parameters);
    assertThat(predictor.predict(Tensor.of(new float[] {9, 0}, 1, 2)).toArray())
        .containsExactly(table[27], table[28], table[29], table[0], table[1], table[2]);
    for (float position : new float[] {10, -1, 0.5f, Float.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> predictor.predict(Tensor.of(new float[] {1, position}, 1, 2)))
          .withMessageContaining("gather_rows");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> embedding(0, 3))
        .withMessage("embedding: expected from 1 to 16777216 rows, was 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> embedding(3, 0))
        .withMessage("embedding: expected vectors of at least one element, was 0");
  }

  @Test
  void reshapingKeepsTheOrder() {
    Network network = Network.of(6, reshape(2, 3), flatten(), reshape(3, 2));
    Tensor x = Samples.normal(SEED, 4, 6);
    Tensor y = new Predictor(network, network.initialize(SEED)).predict(x);
    assertThat(y.sameElements(x.reshape(Shape.of(4, 3, 2)))).isTrue();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Network.of(6, reshape(2, 2)))
        .withMessage(
            "layer reshape1: reshape: expected examples of 4 elements for the shape [2, 2], was"
                + " shape [6]");
  }
}
