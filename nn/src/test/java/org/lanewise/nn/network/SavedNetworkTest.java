package org.lanewise.nn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.lanewise.nn.Layers.batchNorm;
import static org.lanewise.nn.Layers.dense;
import static org.lanewise.nn.Layers.dropout;
import static org.lanewise.nn.Layers.elu;
import static org.lanewise.nn.Layers.residual;
import static org.lanewise.nn.Layers.tanh;
import static org.lanewise.nn.initializer.Initializer.heNormal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.Samples;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.layer.Recording;
import org.lanewise.nn.prediction.Predictor;
import org.lanewise.nn.regularizer.Constraint;
import org.lanewise.nn.regularizer.Regularizer;

final class SavedNetworkTest {
  private static final long SEED = 23;

  @TempDir Path folder;
  private Path path;

  /** A layer of a user. */
  record Scaled(float factor, List<String> notes) implements Layer {
    @Override
    public String kind() {
      return "scaled";
    }

    @Override
    public Variable record(Recording recording, Variable x) {
      return x.multiply(factor);
    }
  }

  /** A layer that is no record. */
  private static final Layer OPAQUE =
      new Layer() {
        @Override
        public String kind() {
          return "opaque";
        }

        @Override
        public Variable record(Recording recording, Variable x) {
          return x;
        }
      };

  @BeforeEach
  void choose() {
    path = folder.resolve("network.safetensors");
  }

  private static Network branching() {
    Layer tower = dense(3).initializer(heNormal()).named("tower");
    Flow a = Flow.input("a", 2);
    Flow b = Flow.input("b", 2);
    Flow joined = Flow.concatenate(a.then(tower), Flow.average(b.then(tower), a.then(dense(3))));
    Layer regularized =
        dense(4)
            .regularize("kernel", Regularizer.l1l2(0.1, 0.2))
            .constrain("kernel", Constraint.maxNorm(2))
            .regularizeActivity(Regularizer.l2(0.3));
    Flow hidden =
        joined.then(
            batchNorm().momentum(0.9), residual(regularized, dropout(0.2), elu(), dense(6)));
    return Network.of(List.of(a, b), List.of(hidden.then(tanh()), hidden.then(dense(1))))
        .freeze("tower", "residual1/dense1/bias");
  }

  private static boolean same(SavedNetwork a, SavedNetwork b, Path folder) throws IOException {
    a.network().save(folder.resolve("a"), a.parameters());
    b.network().save(folder.resolve("b"), b.parameters());
    return Arrays.equals(
        Files.readAllBytes(folder.resolve("a")), Files.readAllBytes(folder.resolve("b")));
  }

  @Test
  void aBranchingNetworkComesBack() throws IOException {
    Network network = branching();
    Parameters parameters = network.initialize(SEED);
    network.save(path, parameters);
    SavedNetwork loaded = Network.load(path);
    assertThat(loaded.parameters().sameElements(parameters)).isTrue();
    assertThat(loaded.network().summary()).isEqualTo(network.summary());
    assertThat(loaded.network().frozen()).isEqualTo(network.frozen());
    assertThat(loaded.network().outputNames()).isEqualTo(network.outputNames());
    List<Tensor> x = List.of(Samples.normal(1, 5, 2), Samples.normal(2, 5, 2));
    List<Tensor> expected = new Predictor(network, parameters).predict(x);
    List<Tensor> given = Predictor.of(loaded).predict(x);
    for (int i = 0; i < 2; i++) {
      assertThat(given.get(i).sameElements(expected.get(i))).isTrue();
    }
    assertThat(same(loaded, new SavedNetwork(network, parameters), folder)).isTrue();
  }

  @Test
  void comesBackFromAStream() throws IOException {
    Network network = branching();
    Parameters parameters = network.initialize(SEED);
    network.save(path, parameters);
    byte[] bytes = Files.readAllBytes(path);
    SavedNetwork loaded = Network.load(new ByteArrayInputStream(bytes));
    assertThat(same(loaded, new SavedNetwork(network, parameters), folder)).isTrue();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Network.load(new ByteArrayInputStream(bytes, 0, bytes.length - 1)))
        .withMessageStartingWith("safetensors: expected ");
  }

  @Test
  void aFolderIsNoNetwork() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Network.load(folder))
        .withMessage(folder + ": expected a file, was a folder");
  }

  @Test
  void layersOfOnesOwnAreGivenToLoadWith() throws IOException {
    Network network = Network.of(2, dense(2), new Scaled(0.1f, List.of("x", "y")));
    network.save(path, network.initialize(SEED));
    Network loaded = Network.load(path, Scaled.class).network();
    assertThat(loaded.layer("scaled1")).isEqualTo(new Scaled(0.1f, List.of("x", "y")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Network.load(path))
        .withMessage(
            path
                + ": description: expected a type of the library, or one of your own that is given"
                + " to load with, was "
                + Scaled.class.getName());
  }

  @Test
  void whatIsNoRecordCannotBeDescribed() throws IOException {
    Network network = Network.of(2, dense(2).initializer((shape, stream) -> Tensor.zeros(shape)));
    Parameters parameters = network.initialize(SEED);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network.save(path, parameters))
        .withMessageStartingWith(
            "layer dense1: description: initializer of Dense: expected layers");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Network.of(2, OPAQUE).save(path, new Parameters()))
        .withMessageStartingWith("layer opaque1: description: expected layers that are records");
    assertThat(path).doesNotExist();
    parameters.save(path);
    assertThat(network.loadParameters(path).sameElements(parameters)).isTrue();
  }

  @Test
  void parametersOfAnotherNetworkAreRefused() throws IOException {
    Network network = Network.of(2, dense(3), elu(), dense(1));
    Network wider = Network.of(2, dense(4), elu(), dense(1));
    network.save(path, network.initialize(SEED));
    assertThat(network.loadParameters(path).sameElements(network.initialize(SEED))).isTrue();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> wider.loadParameters(path))
        .withMessage(path + ": network: expected dense1/kernel of shape [2, 4], was [2, 3]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network.then(dense(1)).loadParameters(path))
        .withMessageStartingWith(path + ": parameters: there is no dense3/kernel");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network.upTo("elu1").loadParameters(path))
        .withMessage(
            path
                + ": network: expected the parameters of this network, was given dense2/kernel as"
                + " well");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network.save(path, wider.initialize(SEED)))
        .withMessage("network: expected dense1/kernel of shape [2, 3], was [2, 4]");
  }

  @Test
  void filesOfOtherKindsAreRefused() throws IOException {
    assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> Network.load(path));
    Network.of(2, dense(3)).initialize(SEED).save(path);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Network.load(path))
        .withMessage(
            path
                + ": network: expected a file with the description of a network, was one with"
                + " tensors only");
    Files.writeString(path, "a text that is no network at all");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Network.load(path))
        .withMessageStartingWith(path + ": safetensors: expected a header of ");
  }

  @Test
  void damageIsNoticedWhereverItIs() throws IOException {
    Network network = Network.of(2, dense(2).initializer(heNormal()), batchNorm(), elu(0.5));
    SavedNetwork saved = new SavedNetwork(network, network.initialize(SEED));
    network.save(path, saved.parameters());
    byte[] whole = Files.readAllBytes(path);
    for (int length = 0; length < whole.length; length++) {
      assertThat(loads(Arrays.copyOf(whole, length), saved)).as("%d bytes", length).isFalse();
    }
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < 2000; i++) {
      byte[] damaged = whole.clone();
      int position = random.nextInt(whole.length);
      damaged[position] = (byte) (damaged[position] + random.nextInt(1, 256));
      loads(damaged, saved);
    }
  }

  /** Whether a file loads; if so, it must be as it was saved. */
  private boolean loads(byte[] bytes, SavedNetwork saved) throws IOException {
    Files.write(path, bytes);
    try {
      SavedNetwork loaded = Network.load(path);
      assertThat(same(loaded, saved, folder)).as("seed %d", SEED).isTrue();
      return true;
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageStartingWith(path + ": ").message().hasSizeGreaterThan(60);
      return false;
    }
  }

  @Test
  void descriptionsThatCannotBeAreRefused() {
    String dense =
        "{\"format\":1,\"inputs\":[{\"name\":\"x\",\"shape\":[2]}],\"layers\":[{\"name\":\"d\","
            + "\"from\":[0],\"layer\":{\"type\":\"Dense\",\"units\":3,\"initializer\":{\"type\":"
            + "\"Constant\",\"value\":1},\"bias\":true}}],\"outputs\":[1],\"frozen\":[]}";
    Network network = new Description(Set.of()).read(dense);
    assertThat(network.outputShape().size()).isEqualTo(3);
    List<List<String>> changes =
        List.of(
            List.of("\"format\":1", "\"format\":2", "expected format 1, was 2"),
            List.of("\"Dense\"", "\"Constant\"", "expected a Layer, was Constant"),
            List.of("\"Dense\"", "\"java.lang.String\"", "expected a type of the library"),
            List.of("\"Dense\"", "\"Parameter\"", "expected a Layer, was Parameter"),
            List.of("\"Dense\"", "\"../Dense\"", "expected a type of the library"),
            List.of("\"Dense\"", "\"Layer\"", "expected a record or a constant"),
            List.of(
                "\"units\":3", "\"units\":0", "Dense: dense: expected at least one unit, was 0"),
            List.of("\"units\":3", "\"units\":3.5", "units of Dense: expected an int, was 3.5"),
            List.of("\"units\":3", "\"unit\":3", "expected the components [units, initializer"),
            List.of("\"bias\":true", "\"bias\":\"true\"", "bias of Dense: expected a boolean"),
            List.of("\"bias\":true", "\"bias\":true,\"x\":1", "expected the components [units"),
            List.of(
                "\"value\":1", "\"value\":\"NaN\"", "initializer of Dense: Constant: constant:"),
            List.of("\"from\":[0]", "\"from\":[1]", "expected numbers from 0 to 0, was 1"),
            List.of("\"from\":[0]", "\"from\":[]", "expected a layer with a name and the inputs"),
            List.of(
                "\"from\":[0]", "\"from\":[0,0]", "expected a layer with a name and the inputs"),
            List.of("\"outputs\":[1]", "\"outputs\":[]", "expected at least one output"),
            List.of("\"outputs\":[1]", "\"outputs\":[2]", "expected numbers from 0 to 1, was 2"),
            List.of("\"shape\":[2]", "\"shape\":[2,2]", "layer d: dense: expected examples that"),
            List.of("\"frozen\":[]", "\"frozen\":[\"e\"]", "freeze: there is no layer e"),
            List.of("\"frozen\":[]", "\"thawed\":[]", "expected an object with frozen"));
    for (List<String> change : changes) {
      String changed = dense.replace(change.get(0), change.get(1));
      assertThat(changed).isNotEqualTo(dense);
      assertThatIllegalArgumentException()
          .as(change.toString())
          .isThrownBy(() -> new Description(Set.of()).read(changed))
          .withMessageContaining(change.get(2));
    }
  }
}
