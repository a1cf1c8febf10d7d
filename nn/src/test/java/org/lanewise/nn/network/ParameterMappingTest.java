package org.lanewise.nn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.lanewise.nn.Layers.dense;
import static org.lanewise.nn.Layers.embedding;
import static org.lanewise.nn.Layers.flatten;
import static org.lanewise.nn.Layers.layerNorm;
import static org.lanewise.nn.Layers.pRelu;
import static org.lanewise.nn.Layers.residual;
import static org.lanewise.nn.Layers.sequence;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.network.ParameterMapping.Stored;
import org.lanewise.nn.prediction.Predictor;

/** Files of PyTorch, one of which trained_network.py makes; the page of networks has its use. */
final class ParameterMappingTest {
  @TempDir Path folder;
  private Path path;

  @BeforeEach
  void choose() throws URISyntaxException {
    path =
        Path.of(
            Objects.requireNonNull(getClass().getResource("pytorch.safetensors"), "file").toURI());
  }

  private static void assertClose(Tensor given, Tensor expected) {
    assertThat(given.shape()).isEqualTo(expected.shape());
    assertThat(given.toArray())
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(expected.toArray());
  }

  @Test
  void refusesAMappingThatSaysNothing() {
    Network network = Network.of(4, dense(8).named("hidden"));
    for (Stored nothing : Arrays.asList(null, new Stored(null, false))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> network.loadParameters(path, parameter -> nothing))
          .withMessage(
              "network: expected a mapping that says where hidden/kernel is found, was null");
    }
  }

  @Test
  void otherLayersOfPyTorch() throws IOException {
    Network network =
        Network.of(
            4,
            sequence(
                    dense(6).named("0"),
                    layerNorm().epsilon(1e-5).named("1"),
                    pRelu().named("2"),
                    dense(3).named("3"))
                .named("others"));
    Parameters file = Parameters.load(path);
    Parameters trained = network.loadParameters(path, ParameterMapping.pyTorch());
    assertClose(
        new Predictor(network, trained).predict(file.get("test.x")), file.get("test.others"));

    Network rows = Network.of(1, embedding(5, 3).named("embedding"));
    Parameters table = rows.loadParameters(path, ParameterMapping.pyTorch());
    assertClose(
        new Predictor(rows, table).predict(file.get("test.rows")), file.get("test.embedded"));
  }

  @Test
  void theLongestNameOfALayerIsReplaced() {
    ParameterMapping mapping =
        ParameterMapping.pyTorch().layers(Map.of("a", "b", "a/c", "d.0", "e", "f"));
    assertThat(mapping.find("a/kernel")).isEqualTo(new Stored("b.weight", true));
    assertThat(mapping.find("a/c/running_variance"))
        .isEqualTo(new Stored("d.0.running_var", false));
    assertThat(mapping.find("a/x/bias")).isEqualTo(new Stored("b.x.bias", false));
    assertThat(mapping.find("ab/gamma")).isEqualTo(new Stored("ab.weight", false));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> mapping.find("e/direction"))
        .withMessage("mapping: expected a parameter that PyTorch has as well, was f/direction");
  }

  @Test
  void whatDoesNotFitIsNamed() {
    ParameterMapping pyTorch = ParameterMapping.pyTorch();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Network.of(4, dense(7).named("0")).loadParameters(path, pyTorch))
        .withMessage(
            path + ": network: expected 0.weight of shape [7, 4] for 0/kernel, was [8, 4]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Network.of(4, dense(8).named("5")).loadParameters(path, pyTorch))
        .withMessage(
            path + ": network: expected 5.weight of shape [8, 4] for 5/kernel, was no such tensor");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Network.of(4, dense(8).named("0"))
                    .loadParameters(path, parameter -> new Stored("0.bias", true)))
        .withMessageContaining("for 0/kernel, was [8]");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Network.of(4, dense(8).withoutBias().named("0"), dense(2).named("1"))
                    .loadParameters(path, parameter -> new Stored(parameter, true)))
        .withMessageContaining("no such tensor");
  }

  @Test
  void parametersOfOneTensorDoNotShareIt() throws IOException {
    Path own = folder.resolve("own");
    Parameters one = new Parameters();
    one.add("k", Tensor.matrix(new float[] {1, 2}, new float[] {3, 4}));
    one.save(own);
    Network network =
        Network.of(2, residual(dense(2).withoutBias()), flatten(), dense(2).withoutBias());
    Parameters loaded =
        network.loadParameters(own, name -> new Stored("k", name.startsWith("residual")));
    assertThat(loaded.get("residual1/dense1/kernel").toArray()).containsExactly(1, 3, 2, 4);
    assertThat(loaded.get("dense1/kernel").toArray()).containsExactly(1, 2, 3, 4);
    Network twice = Network.of(2, dense(2).withoutBias(), dense(2).withoutBias());
    Parameters copies = twice.loadParameters(own, _ -> new Stored("k", false));
    copies.get("dense1/kernel").array()[0] = 5;
    assertThat(copies.get("dense2/kernel").toArray()).containsExactly(1, 2, 3, 4);
  }
}
