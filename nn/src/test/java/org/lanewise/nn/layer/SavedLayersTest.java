package org.lanewise.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lanewise.engine.Shape;
import org.lanewise.nn.Layers;
import org.lanewise.nn.initializer.Initializer;
import org.lanewise.nn.initializer.VarianceScaling;
import org.lanewise.nn.network.Network;
import org.lanewise.nn.network.Parameters;
import org.lanewise.nn.network.SavedNetwork;

/** Every layer comes back from a file as the equal value, with its parameters. */
final class SavedLayersTest {
  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource("org.lanewise.nn.layer.LayerContractTest#layersAndShapes")
  void comesBackFromAFile(Layer layer, Shape example) throws IOException {
    assertComesBack(Network.of(example, layer.named("it")));
  }

  private static List<Initializer> initializers() {
    return List.of(
        Initializer.constant(0.5),
        Initializer.uniform(-1, 2),
        Initializer.normal(1, 0.5),
        Initializer.truncatedNormal(0, 0.1),
        Initializer.orthogonal(),
        Initializer.identity(),
        Initializer.glorotUniform(),
        Initializer.heNormal().form(VarianceScaling.Form.TRUNCATED_NORMAL));
  }

  @ParameterizedTest
  @MethodSource("initializers")
  void soDoInitializers(Initializer initializer) throws IOException {
    assertComesBack(Network.of(3, Layers.dense(3).initializer(initializer).named("it")));
  }

  private void assertComesBack(Network network) throws IOException {
    Parameters parameters = network.initialize(1);
    Path path = folder.resolve("layer.safetensors");
    network.save(path, parameters);
    SavedNetwork loaded = Network.load(path);
    assertThat(loaded.network().layer("it")).isEqualTo(network.layer("it"));
    assertThat(loaded.parameters().sameElements(parameters)).isTrue();
  }
}
