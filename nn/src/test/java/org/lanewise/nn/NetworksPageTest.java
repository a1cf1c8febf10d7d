package org.lanewise.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lanewise.nn.Layers.batchNorm;
import static org.lanewise.nn.Layers.dense;
import static org.lanewise.nn.Layers.elu;
import static org.lanewise.nn.Layers.embedding;
import static org.lanewise.nn.Layers.flatten;
import static org.lanewise.nn.Layers.identity;
import static org.lanewise.nn.Layers.parallel;
import static org.lanewise.nn.Layers.relu;
import static org.lanewise.nn.Layers.residual;
import static org.lanewise.nn.Layers.sequence;
import static org.lanewise.nn.Layers.sigmoid;
import static org.lanewise.nn.Layers.tanh;
import static org.lanewise.nn.Layers.tiedDense;
import static org.lanewise.nn.initializer.Initializer.heNormal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.initializer.Initializer;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.layer.Parameter;
import org.lanewise.nn.layer.Recording;
import org.lanewise.nn.loss.Loss;
import org.lanewise.nn.network.Flow;
import org.lanewise.nn.network.LayerCheck;
import org.lanewise.nn.network.Network;
import org.lanewise.nn.network.ParameterMapping;
import org.lanewise.nn.network.Parameters;
import org.lanewise.nn.network.SavedNetwork;
import org.lanewise.nn.optimizer.Hyperparameters;
import org.lanewise.nn.optimizer.Optimizer;
import org.lanewise.nn.optimizer.Slot;
import org.lanewise.nn.optimizer.Slots;
import org.lanewise.nn.prediction.Predictor;
import org.lanewise.nn.training.DataSet;
import org.lanewise.nn.training.Fit;
import org.lanewise.nn.training.History;
import org.lanewise.nn.training.Metrics;
import org.lanewise.nn.training.Split;
import org.lanewise.nn.training.Trainer;
import org.lanewise.nn.training.Training;

/** Runs the code of docs/networks.md, which is here word for word. */
final class NetworksPageTest {
  private static final Path PAGE = Path.of("..", "docs", "networks.md");
  private static final Path SOURCE =
      Path.of("src", "test", "java", "org", "lanewise", "nn", "NetworksPageTest.java");

  @TempDir Path folder;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream standard = System.out;

  @BeforeEach
  void takeWhatThePagePrints() {
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void printAgain() {
    System.setOut(standard);
  }

  private static Network network() {
    Network network =
        Network.of(
            784,
            dense(300).initializer(heNormal()).named("hidden1"),
            elu(),
            dense(100).initializer(heNormal()).named("hidden2"),
            elu(),
            dense(10).named("outputs"));
    System.out.println(network.summary());
    return network;
  }

  /** y = x · scale + shift, with one scale and one shift for all elements. */
  record Affine(double start) implements Layer {
    @Override
    public String kind() {
      return "affine";
    }

    @Override
    public List<Parameter> parameters(Shape input) {
      return List.of(
          Parameter.trainable("scale", Shape.SCALAR, Initializer.constant(start)),
          Parameter.trainable("shift", Shape.SCALAR, Initializer.constant(0)));
    }

    @Override
    public Variable record(Recording recording, Variable x) {
      return x.multiply(recording.parameter("scale")).add(recording.parameter("shift"));
    }
  }

  /** The sign of averaged gradients: m ← βm + (1 − β)g, θ ← θ − η sign(m). */
  record Signum(double learningRate, double momentum) implements Optimizer {
    @Override
    public List<Slot> slots(Shape parameter) {
      return List.of(Slot.of("m", parameter));
    }

    @Override
    public Variable step(
        Slots slots, Variable parameter, Variable gradient, Hyperparameters hyperparameters) {
      Variable before = slots.get("m");
      Variable share = hyperparameters.momentum();
      Variable m = before.multiply(share).add(gradient.subtract(gradient.multiply(share)));
      slots.set("m", m);
      return parameter.subtract(m.sign().multiply(hyperparameters.learningRate()));
    }
  }

  @Test
  void anOptimizerOfOnesOwn() {
    Network network = Network.of(4, dense(5).named("hidden1"), tanh(), dense(3));
    DataSet data = DataSet.of(Samples.normal(1, 64, 4), Samples.normal(2, 64, 3));
    Trainer trainer =
        Training.of(network, Loss.meanSquaredError(), new Signum(0.01, 0.9)).batchSize(64).start();
    Parameters before = trainer.parameters().copy();
    double loss = trainer.epoch(data).loss();
    assertThat(trainer.evaluate(data).loss()).isLessThan(loss);
    for (String name : before.names()) {
      float[] moved = trainer.parameters().get(name).toArray();
      for (int i = 0; i < moved.length; i++) {
        assertThat(Math.abs(moved[i] - before.get(name).toArray()[i]))
            .isCloseTo(0.01f, within(1e-6f));
      }
    }
    assertThat(trainer.optimizerState().names())
        .containsExactly("m/hidden1/kernel", "m/hidden1/bias", "m/dense2/kernel", "m/dense2/bias");
  }

  @Test
  void allCodeOfThePageIsHere() throws IOException {
    String source = Files.readString(SOURCE).replaceAll("\\s", "");
    List<String> blocks =
        Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(PAGE))
            .results()
            .map((MatchResult block) -> block.group(1).replaceAll("\\s", ""))
            .toList();
    assertThat(blocks).hasSizeGreaterThan(7).allMatch(source::contains);
  }

  @Test
  void branches() {
    Network deeper =
        Network.of(64, dense(32), residual(batchNorm(), relu(), dense(32)), relu(), dense(10));
    Network wideAndDeep =
        Network.of(
            64, parallel(identity(), sequence(dense(30), relu(), dense(30), relu())), dense(1));
    assertThat(deeper.outputShape()).isEqualTo(Shape.of(10));
    assertThat(wideAndDeep.parameters()).hasSize(6);
    Network reviews = Network.of(20, embedding(10_000, 16), flatten(), dense(2));
    assertThat(reviews.outputShape()).isEqualTo(Shape.of(2));
  }

  @Test
  void severalInputsAndOutputs() {
    Tensor wideInputs = Samples.normal(1, 40, 5);
    Tensor deepInputs = Samples.normal(2, 40, 6);
    Tensor prices = Samples.normal(3, 40, 1);
    Tensor labels = Samples.positions(2, 4, 40);

    Flow wide = Flow.input("wide", 5);
    Flow deep = Flow.input("deep", 6);
    Flow hidden = deep.then(dense(30), relu(), dense(30), relu());
    Flow price = Flow.concatenate(wide, hidden).then(dense(1).named("price"));
    Flow sold = hidden.then(dense(2).named("sold"));
    Network houses = Network.of(List.of(wide, deep), List.of(price, sold));

    DataSet data = DataSet.of(List.of(wideInputs, deepInputs), List.of(prices, labels));
    Trainer trainer =
        Training.of(
                houses,
                List.of(Loss.meanSquaredError(), Loss.softmaxCrossEntropy().weighted(0.1)),
                Optimizer.adam(0.001))
            .start();
    Metrics metrics = trainer.epoch(data);
    System.out.println(metrics.get("loss/price") + ", " + metrics.get("accuracy/sold"));
    List<Tensor> outputs = trainer.predictor().predict(List.of(wideInputs, deepInputs));
    assertThat(outputs.stream().map(Tensor::shape))
        .containsExactly(Shape.of(40, 1), Shape.of(40, 2));
  }

  @Test
  void sharedLayers() {
    Layer tower = sequence(dense(16), tanh()).named("tower");
    Flow left = Flow.input("left", 8);
    Flow right = Flow.input("right", 8);
    Network siamese =
        Network.of(
            List.of(left, right),
            List.of(Flow.multiply(left.then(tower), right.then(tower)).then(dense(1))));
    assertThat(siamese.parameters()).hasSize(4);
  }

  @Test
  void aLayerOfOnesOwn() throws IOException {
    Network network = Network.of(3, new Affine(1.5));
    Parameters parameters = network.initialize(1);
    LayerCheck.of(new Affine(1.5), 3).assertPasses();
    Path path = folder.resolve("own");
    network.save(path, parameters);
    assertThat(Network.load(path, Affine.class).network().layer("affine1"))
        .isEqualTo(new Affine(1.5));
  }

  @Test
  void reuse() throws IOException {
    Network network = network();
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("hidden1", "hidden2", "outputs");
    Parameters trained = network.initialize(1);
    Parameters before = trained.copy();
    Tensor images = Samples.uniform(0, 1, 1, 10, 784);
    DataSet few = DataSet.labeled(images, new int[] {0, 1, 0, 1, 0, 1, 0, 1, 0, 1}, 2);

    Network lower = network.upTo("elu2");
    Network task = lower.then(dense(2).named("task_outputs")).freeze(lower.names());
    Parameters parameters = task.initialize(42).copyFrom(trained, lower);
    Training.of(task, Loss.softmaxCrossEntropy(), Optimizer.adam(0.01))
        .start(parameters)
        .epoch(few);
    // Later, all of it at a lower rate.
    Training.of(task.unfreeze(), Loss.softmaxCrossEntropy(), Optimizer.adam(0.0001))
        .start(parameters)
        .epoch(few);
    assertThat(parameters.get("hidden1/kernel").sameElements(before.get("hidden1/kernel")))
        .isFalse();
    assertThat(trained.sameElements(before)).isTrue();

    float[] image = Arrays.copyOf(images.array(), 784);
    Predictor predictor = new Predictor(network, trained).warmUp(1, 64);

    float[] outputs = new float[10];
    predictor.predict(image, outputs);
    Tensor all = predictor.predict(images);
    assertThat(outputs).containsExactly(Arrays.copyOf(all.array(), 10));

    Path path = folder.resolve("network.safetensors");
    network.save(path, trained);
    SavedNetwork saved = Network.load(path);
    int[] classes = Predictor.of(saved).classify(images);
    assertThat(classes).isEqualTo(new Predictor(network, trained).classify(images));
  }

  @Test
  void yesOrNo() {
    Tensor features = Samples.normal(7, 400, 8);
    int[] labels = new int[400];
    for (int i = 0; i < 400; i++) {
      labels[i] = features.get(i, 0) > features.get(i, 1) ? 1 : 0;
    }

    Split split = DataSet.labeled(features, labels, 2).split(0.2, 42);
    Network network = Network.of(8, dense(16), relu(), dense(1));
    Trainer trainer = Training.of(network, Loss.binaryCrossEntropy(), Optimizer.adam(0.01)).start();
    History history = trainer.fit(split.training(), Fit.epochs(20).validation(split.validation()));
    Metrics metrics = history.chosen().validation().orElseThrow();

    int[] classes = trainer.predictor().classify(features);
    Tensor probabilities = trainer.predictor().then(sigmoid()).predict(features);

    assertThat(metrics.accuracy()).isGreaterThan(0.9);
    int right = 0;
    for (int i = 0; i < 400; i++) {
      right += classes[i] == labels[i] ? 1 : 0;
      assertThat(probabilities.get(i, 0) > 0.5f).isEqualTo(classes[i] == 1);
    }
    assertThat(right).isGreaterThan(360);
  }

  @Test
  void aNetworkFromPyTorch() throws IOException, URISyntaxException {
    Path path =
        Path.of(Objects.requireNonNull(Network.class.getResource("pytorch.safetensors")).toURI());
    Network network =
        Network.of(
            4,
            dense(8).named("hidden"),
            batchNorm().momentum(0.9).epsilon(1e-5).named("norm"),
            relu(),
            dense(3).named("outputs"));
    Map<String, String> modules = Map.of("hidden", "0", "norm", "1", "outputs", "3");
    Parameters trained = network.loadParameters(path, ParameterMapping.pyTorch().layers(modules));
    Parameters file = Parameters.load(path);
    Tensor given = new Predictor(network, trained).predict(file.get("test.x"));
    assertThat(given.toArray())
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(file.get("test.y").toArray());
    assertThat(file.get("1.num_batches_tracked").item()).isEqualTo(20);
  }

  @Test
  void greedyPretraining() {
    Network network =
        Network.of(
            12, dense(6).named("hidden1"), elu(), dense(3).named("hidden2"), elu(), dense(2));
    Tensor images = Samples.normal(3, 200, 12);
    // Half of the pixels repeat the others: there is something to code.
    for (int i = 0; i < images.size(); i += 2) {
      images.array()[i] = images.array()[i + 1];
    }
    double before = codingError(network, network.initialize(42), images);

    Parameters pretrained = network.initialize(42);
    DataSet codings = DataSet.of(images, images);
    for (String name : List.of("hidden1", "hidden2")) {
      int inputs = codings.inputShape().size();
      Network autoencoder =
          Network.of(inputs, network.layer(name).named(name), elu(), tiedDense(name, inputs));
      Trainer coder =
          Training.of(autoencoder, Loss.meanSquaredError(), Optimizer.adam(0.003)).start();
      for (int epoch = 0; epoch < 5; epoch++) {
        coder.epoch(codings);
      }
      pretrained.copyFrom(coder.parameters(), name);
      Tensor coded =
          new Predictor(autoencoder.upTo("elu1"), coder.parameters()).predict(codings.inputs());
      codings = DataSet.of(coded, coded);
    }
    assertThat(codingError(network, pretrained, images)).isLessThan(0.95 * before);
    assertThat(
            pretrained
                .get("dense3/kernel")
                .sameElements(network.initialize(42).get("dense3/kernel")))
        .isTrue();
  }

  /** How badly the first hidden layer, with its kernel transposed behind it, repeats its inputs. */
  private static double codingError(Network network, Parameters parameters, Tensor images) {
    Network autoencoder =
        Network.of(12, network.layer("hidden1").named("hidden1"), elu(), tiedDense("hidden1", 12));
    Parameters own = autoencoder.initialize(0).copyFrom(parameters, "hidden1");
    return Training.of(autoencoder, Loss.meanSquaredError(), Optimizer.sgd(1))
        .start(own)
        .evaluate(DataSet.of(images, images))
        .loss();
  }
}
