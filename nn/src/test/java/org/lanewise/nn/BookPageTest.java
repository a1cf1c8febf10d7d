package org.lanewise.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lanewise.nn.Layers.alphaDropout;
import static org.lanewise.nn.Layers.batchNorm;
import static org.lanewise.nn.Layers.dense;
import static org.lanewise.nn.Layers.dropout;
import static org.lanewise.nn.Layers.elu;
import static org.lanewise.nn.Layers.flatten;
import static org.lanewise.nn.Layers.gaussianNoise;
import static org.lanewise.nn.Layers.gelu;
import static org.lanewise.nn.Layers.hugeLeakyRelu;
import static org.lanewise.nn.Layers.layerNorm;
import static org.lanewise.nn.Layers.leakyRelu;
import static org.lanewise.nn.Layers.mish;
import static org.lanewise.nn.Layers.pRelu;
import static org.lanewise.nn.Layers.rRelu;
import static org.lanewise.nn.Layers.selu;
import static org.lanewise.nn.Layers.silu;
import static org.lanewise.nn.Layers.softmax;
import static org.lanewise.nn.initializer.Initializer.glorotUniform;
import static org.lanewise.nn.initializer.Initializer.heNormal;
import static org.lanewise.nn.initializer.Initializer.heUniform;
import static org.lanewise.nn.initializer.Initializer.lecunNormal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.clip.GradientClipping;
import org.lanewise.nn.initializer.Initializer;
import org.lanewise.nn.initializer.VarianceScaling;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.loss.Loss;
import org.lanewise.nn.network.Flow;
import org.lanewise.nn.network.Network;
import org.lanewise.nn.network.Parameters;
import org.lanewise.nn.optimizer.Optimizer;
import org.lanewise.nn.prediction.PredictedDistribution;
import org.lanewise.nn.prediction.Predictor;
import org.lanewise.nn.regularizer.Constraint;
import org.lanewise.nn.regularizer.Regularizer;
import org.lanewise.nn.schedule.Progress;
import org.lanewise.nn.schedule.Schedule;
import org.lanewise.nn.training.DataSet;
import org.lanewise.nn.training.EarlyStopping;
import org.lanewise.nn.training.Fit;
import org.lanewise.nn.training.History;
import org.lanewise.nn.training.LearningRateFinder;
import org.lanewise.nn.training.Trainer;
import org.lanewise.nn.training.Training;

/** Runs the code of docs/from-the-book.md, which is here word for word. */
final class BookPageTest {
  private static final Path PAGE = Path.of("..", "docs", "from-the-book.md");
  private static final Path SOURCE =
      Path.of("src", "test", "java", "org", "lanewise", "nn", "BookPageTest.java");

  private final Network network = Network.of(784, dense(300), elu(), dense(10));
  private final Parameters parameters = network.initialize(1);
  private final int[] labels = IntStream.range(0, 40).map(i -> i % 10).toArray();
  private final Tensor x = images();
  private final DataSet data = DataSet.labeled(x, labels, 10);
  private final DataSet validation = data.slice(0, 10);
  private final Training training =
      Training.of(network, Loss.softmaxCrossEntropy(), Optimizer.sgd(0.001));

  @TempDir Path folder;

  /** Noise, with a part that is brighter in the images of a class. */
  private Tensor images() {
    Tensor images = Samples.normal(1, 40, 784);
    for (int i = 0; i < 40; i++) {
      for (int pixel = 0; pixel < 70; pixel++) {
        images.array()[i * 784 + labels[i] * 70 + pixel] += 2;
      }
    }
    return images;
  }

  private double accuracy(int... classes) {
    return IntStream.range(0, 40).filter(i -> classes[i] == labels[i]).count() / 40.0;
  }

  private static float[] drawn(Initializer initializer) {
    Network one = Network.of(200, dense(300).initializer(initializer));
    return one.initialize(1).get("dense1/kernel").toArray();
  }

  /** Names alone, such as a class that the text mentions, are no code. */
  @Test
  void allCodeOfThePageIsHere() throws IOException {
    String source = Files.readString(SOURCE).replaceAll("\\s", "");
    List<String> cells =
        Files.readString(PAGE)
            .lines()
            .filter(line -> line.startsWith("| `") || line.startsWith("| RReLU"))
            .map(line -> line.substring(line.indexOf(" | ") + 3))
            .toList();
    List<String> code =
        cells.stream()
            .flatMap(cell -> Pattern.compile("`([^`]*)`").matcher(cell).results())
            .map(span -> span.group(1).replaceAll("\\s", ""))
            .filter(span -> span.contains("("))
            .toList();
    assertThat(code).hasSizeGreaterThan(60).allMatch(source::contains);
  }

  @Test
  void initialization() {
    assertThat(dense(300).initializer(heNormal()).initializer()).isEqualTo(heNormal());
    assertThat(
            new VarianceScaling(2, VarianceScaling.Mode.FAN_AVG, VarianceScaling.Form.UNIFORM)
                .scale())
        .isEqualTo(2);
    Shape kernel = Shape.of(200, 300);
    assertThat(heUniform().variance(kernel)).isCloseTo(2.0 / 200, within(1e-15));
    assertThat(heUniform().form()).isEqualTo(VarianceScaling.Form.UNIFORM);
    assertThat(lecunNormal().variance(kernel)).isCloseTo(1.0 / 200, within(1e-15));
    assertThat(dense(3).initializer()).isEqualTo(glorotUniform());
    assertThat(dense(300).initializer(Initializer.forActivation(elu())).initializer())
        .isEqualTo(heNormal());
    assertThat(Math.sqrt(Statistics.variance(drawn(Initializer.truncatedNormal(0, 0.1)))))
        .isCloseTo(0.1, within(0.002));
    VarianceScaling truncated = heNormal().form(VarianceScaling.Form.TRUNCATED_NORMAL);
    assertThat(truncated.variance(kernel)).isEqualTo(heNormal().variance(kernel));
    assertThat(Statistics.variance(drawn(truncated))).isCloseTo(2.0 / 200, within(4e-4));
  }

  @Test
  void layers() {
    double keepProb = 0.5;
    List<Layer> layers =
        List.of(
            leakyRelu(),
            hugeLeakyRelu(),
            leakyRelu(0.3),
            pRelu(),
            rRelu(),
            elu(),
            gelu(),
            silu(),
            mish(),
            selu(),
            softmax(),
            dense(300),
            batchNorm(),
            batchNorm().momentum(0.9),
            batchNorm().epsilon(1e-5).withoutCenter().withoutScale(),
            layerNorm(),
            dense(300).withoutBias(),
            dense(300).regularize("kernel", Regularizer.l2(0.01)),
            dense(300).regularize("kernel", Regularizer.l1(0.1)),
            dense(300).regularize("kernel", Regularizer.l1l2(0.1, 0.01)),
            dense(300).regularize("bias", Regularizer.l2(0.01)),
            dense(300).regularizeActivity(Regularizer.l1(0.01)),
            dropout(0.2),
            dropout(1 - keepProb),
            alphaDropout(0.1),
            gaussianNoise(0.1),
            dense(300).constrain("kernel", Constraint.maxNorm(1)));
    for (Layer layer : layers) {
      Network one = Network.of(784, dense(20), layer, dense(10));
      Trainer trainer = Training.of(one, Loss.softmaxCrossEntropy(), Optimizer.adam(0.003)).start();
      for (int epoch = 0; epoch < 30; epoch++) {
        trainer.epoch(data);
      }
      // One in ten by chance.
      assertThat(trainer.evaluate(data).accuracy()).as("%s", layer).isGreaterThan(0.5);
    }
  }

  @Test
  void optimizersAndClipping() {
    List<Optimizer> optimizers =
        List.of(
            Optimizer.sgd(0.001),
            Optimizer.momentum(0.001, 0.9),
            Optimizer.nesterov(0.001, 0.9),
            Optimizer.adaGrad(0.01),
            Optimizer.rmsProp(0.001).decay(0.9),
            Optimizer.adam(0.001),
            Optimizer.adaMax(0.001),
            Optimizer.nadam(0.001),
            Optimizer.adam(0.001).weightDecay(0.01));
    for (Optimizer optimizer : optimizers) {
      Trainer trainer =
          Training.of(network, Loss.softmaxCrossEntropy(), optimizer)
              .clip(GradientClipping.byGlobalNorm(1))
              .start();
      double before = trainer.evaluate(data).loss();
      for (int epoch = 0; epoch < 5; epoch++) {
        trainer.epoch(data);
      }
      assertThat(trainer.evaluate(data).loss()).as("%s", optimizer).isLessThan(before);
    }
  }

  @Test
  void clipping() {
    double most = 1e-3 * (1 + 1e-3);
    List<float[]> global = firstStep(training.clip(GradientClipping.byGlobalNorm(1)));
    assertThat(norm(global)).isCloseTo(1e-3, within(1e-6));
    for (float[] moved : firstStep(training.clip(GradientClipping.byNorm(1)))) {
      assertThat(norm(List.of(moved))).isPositive().isLessThan(most);
    }
    for (float[] moved : firstStep(training.clip(GradientClipping.byValue(1)))) {
      for (float element : moved) {
        assertThat((double) element).isBetween(-most, most);
      }
    }
    assertThat(norm(firstStep(training))).isGreaterThan(2e-3);
  }

  /** How far each parameter moves. */
  private List<float[]> firstStep(Training described) {
    Trainer trainer = described.start(parameters.copy());
    trainer.step(data);
    return parameters.names().stream()
        .map(
            name -> {
              float[] moved = trainer.parameters().get(name).toArray();
              float[] from = parameters.get(name).toArray();
              for (int i = 0; i < moved.length; i++) {
                moved[i] -= from[i];
              }
              return moved;
            })
        .toList();
  }

  private static double norm(List<float[]> moved) {
    double squares = 0;
    for (float[] each : moved) {
      for (float element : each) {
        squares += (double) element * element;
      }
    }
    return Math.sqrt(squares);
  }

  @Test
  void schedules() {
    Schedule own = progress -> Math.pow(0.1, progress.epochs() / 20.0);
    List<Schedule> schedules =
        List.of(
            own,
            Schedule.power(1 / 1e-4),
            Schedule.exponential(10_000),
            Schedule.cosine(10_000),
            Schedule.piecewise(1).from(5, 0.5).from(15, 0.1).perEpoch(),
            Schedule.performance(0.5, 5),
            Schedule.performance(0.5, 5).threshold(0.01).cooldown(2).leastFactor(0.1));
    assertThat(schedules).allMatch(schedule -> schedule.at(Progress.START) == 1);
    // After 10,000 steps in 20 epochs, 19 of which reported the same loss.
    Progress later = new Progress(10_000, 20, Collections.nCopies(19, 1.0));
    assertThat(schedules.stream().mapToDouble(schedule -> schedule.at(later)).toArray())
        .usingComparatorWithPrecision(1e-9)
        .containsExactly(0.1, 0.5, 0.1, 0.0, 0.1, 0.125, 0.25);
    Schedule oneCycle = Schedule.oneCycle(5_000);
    assertThat(oneCycle.at(Progress.START)).isLessThan(0.2);
    assertThat(oneCycle.at(new Progress(2_250, 0, List.of()))).isCloseTo(1, within(0.01));
    assertThat(oneCycle.at(new Progress(5_000, 0, List.of()))).isLessThan(0.01);
    assertThat(training.schedule(Schedule.power(10_000)).start().learningRate()).isEqualTo(0.001);
    double suggestion = LearningRateFinder.of(training).find(data).suggestion();
    assertThat(lossAt(suggestion)).isLessThan(lossAt(suggestion / 30));
    Trainer trainer = training.schedule(Schedule.performance(0.5, 1)).start();
    double loss = 1;
    for (int epoch = 0; epoch < 3; epoch++) {
      trainer.report(loss);
    }
    assertThat(trainer.learningRate()).isCloseTo(0.001 / 4, within(1e-9));
  }

  private double lossAt(double learningRate) {
    Trainer trainer = training.start(parameters.copy());
    trainer.learningRate(learningRate);
    trainer.epoch(data);
    return trainer.evaluate(data).loss();
  }

  @Test
  void reuse() throws IOException {
    Path path = folder.resolve("network.safetensors");
    network.save(path, parameters);
    assertThat(Network.load(path).parameters().sameElements(parameters)).isTrue();
    assertThat(network.freeze("dense1").frozen()).containsExactly("dense1");
    assertThat(network.unfreeze().frozen()).isEmpty();
    assertThat(parameters.copy().sameElements(parameters)).isTrue();
    assertThat(new Predictor(network.upTo("elu1"), parameters).predict(x).shape())
        .isEqualTo(Shape.of(40, 300));
    Flow wide = Flow.input("wide", 5);
    Flow deep = Flow.input("deep", 6);
    assertThat(Network.of(List.of(wide, deep), List.of(Flow.concatenate(wide, deep))).outputShape())
        .isEqualTo(Shape.of(11));
    assertThat(Network.of(Shape.of(28, 28), flatten(), dense(10)).inputShape().size())
        .isEqualTo(784);
    assertThat(network.upTo("elu1").then(dense(1)).outputShape().size()).isEqualTo(1);
    Parameters other = network.initialize(2);
    assertThat(other.copyFrom(parameters, "dense1").sameElements(parameters)).isFalse();
    assertThat(other.get("dense1/kernel").sameElements(parameters.get("dense1/kernel"))).isTrue();
    assertThat(network.summary()).contains("dense1");
  }

  @Test
  void training() {
    Trainer trainer = training.start(parameters);
    double first = trainer.epoch(data).loss();
    assertThat(trainer.epoch(data).loss()).isLessThan(first);
    DataSet batch = data.slice(0, 10);
    assertThat(trainer.step(batch)).isPositive();
    History history =
        trainer.fit(
            data, Fit.epochs(100).validation(validation).earlyStopping(EarlyStopping.onLoss(10)));
    assertThat(history.chosen().number()).isBetween(2, 100);
    assertThat(history.epochs()).hasSizeBetween(history.chosen().number(), 100);
    assertThat(trainer.fit(data, Fit.epochs(20).validationShare(0.1)).epochs()).hasSize(20);
    assertThat(history.batches("loss")).hasSizeGreaterThan(history.epochs().size());
    assertThat(trainer.evaluate(validation).accuracy()).isGreaterThan(0.5);
    assertThat(accuracy(trainer.predictor().classify(x))).isGreaterThan(0.5);
    Tensor probabilities = trainer.predictor().then(softmax()).predict(x);
    assertDistributions(probabilities);
    Network dropping = Network.of(784, dense(20), dropout(0.2), dense(10));
    Predictor predictor = new Predictor(dropping, dropping.initialize(1));
    PredictedDistribution predicted =
        predictor.predictDistribution(x, 100, 42, outputs -> outputs.softmax(-1));
    assertDistributions(predicted.mean());
    assertThat(Statistics.mean(predicted.standardDeviation().toArray())).isBetween(0.001, 0.5);
    assertThat(data.split(0.2, 42).validation().size()).isEqualTo(data.size() / 5);
  }

  private static void assertDistributions(Tensor probabilities) {
    assertThat(probabilities.shape()).isEqualTo(Shape.of(40, 10));
    for (int i = 0; i < 40; i++) {
      double sum = 0;
      for (int label = 0; label < 10; label++) {
        assertThat(probabilities.get(i, label)).isBetween(0f, 1f);
        sum += probabilities.get(i, label);
      }
      assertThat(sum).isCloseTo(1, within(1e-5));
    }
  }

  @Test
  void losses() {
    Tensor oneHot = Tensor.zeros(40, 10);
    for (int i = 0; i < 40; i++) {
      oneHot.array()[i * 10 + labels[i]] = 1;
    }
    double loss = training.start(parameters).evaluate(data).loss();
    assertThat(
            Training.of(network, Loss.softmaxCrossEntropy().withOneHotTargets(), Optimizer.sgd(1))
                .start(parameters)
                .evaluate(DataSet.of(x, oneHot))
                .loss())
        .isCloseTo(loss, within(1e-5));
    int[] even = Arrays.stream(labels).map(label -> label % 2).toArray();
    Trainer trainer =
        Training.of(
                Network.of(784, dense(20), elu(), dense(1)),
                Loss.binaryCrossEntropy(),
                Optimizer.adam(0.003))
            .start();
    DataSet twoClasses = DataSet.labeled(x, even, 2);
    for (int epoch = 0; epoch < 30; epoch++) {
      trainer.epoch(twoClasses);
    }
    assertThat(trainer.evaluate(twoClasses).accuracy()).isGreaterThan(0.9);
  }
}
