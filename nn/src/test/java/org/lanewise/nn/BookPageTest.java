package org.lanewise.nn;

import static org.assertj.core.api.Assertions.assertThat;
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
  private final Tensor x = Samples.normal(1, 40, 784);
  private final DataSet data =
      DataSet.labeled(x, IntStream.range(0, 40).map(i -> i % 10).toArray(), 10);
  private final DataSet validation = data.slice(0, 10);
  private final Training training =
      Training.of(network, Loss.softmaxCrossEntropy(), Optimizer.sgd(0.001));

  @TempDir Path folder;

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
    assertThat(heUniform()).isNotEqualTo(heNormal());
    assertThat(lecunNormal()).isNotEqualTo(heNormal());
    assertThat(dense(3).initializer()).isEqualTo(glorotUniform());
    assertThat(dense(300).initializer(Initializer.forActivation(elu())).initializer())
        .isEqualTo(heNormal());
    assertThat(Initializer.truncatedNormal(0, 0.1)).isNotNull();
    assertThat(heNormal().form(VarianceScaling.Form.TRUNCATED_NORMAL).scale()).isEqualTo(2);
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
      Trainer trainer = Training.of(one, Loss.softmaxCrossEntropy(), Optimizer.sgd(0.001)).start();
      assertThat(trainer.epoch(data).loss()).as("%s", layer).isFinite();
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
      assertThat(trainer.epoch(data).loss()).as("%s", optimizer).isFinite();
    }
    assertThat(GradientClipping.byNorm(1)).isNotEqualTo(GradientClipping.byValue(1));
    assertThat(training.clip(GradientClipping.byValue(1)).clipping())
        .isEqualTo(GradientClipping.byValue(1));
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
    assertThat(Schedule.oneCycle(5_000).at(Progress.START)).isLessThan(1);
    assertThat(training.schedule(Schedule.power(10_000)).schedule()).isNotNull();
    assertThat(LearningRateFinder.of(training).find(data).suggestion()).isPositive();
    Trainer trainer = training.schedule(Schedule.performance(0.5, 1)).start();
    double loss = 1;
    for (int epoch = 0; epoch < 3; epoch++) {
      trainer.report(loss);
    }
    assertThat(trainer.learningRate()).isLessThan(0.001);
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
    assertThat(trainer.epoch(data).loss()).isFinite();
    assertThat(EarlyStopping.onLoss(10).train(trainer, data, validation, 100).number())
        .isPositive();
    Network dropping = Network.of(784, dense(20), dropout(0.2), dense(10));
    Predictor predictor = new Predictor(dropping, dropping.initialize(1));
    PredictedDistribution predicted =
        predictor.predictDistribution(x, 100, 42, outputs -> outputs.softmax(-1));
    assertThat(predicted.mean().shape()).isEqualTo(trainer.predictor().predict(x).shape());
    assertThat(trainer.predictor().classify(x)).hasSize(40);
    assertThat(trainer.predictor().then(softmax()).predict(x).shape()).isEqualTo(Shape.of(40, 10));
    assertThat(data.split(0.2, 42).validation().size()).isEqualTo(data.size() / 5);
    assertThat(Loss.binaryCrossEntropy().targetShape(Shape.of(1))).isEqualTo(Shape.of(1));
    assertThat(trainer.evaluate(validation).accuracy()).isBetween(0.0, 1.0);
    assertThat(Loss.softmaxCrossEntropy().withOneHotTargets())
        .isNotEqualTo(Loss.softmaxCrossEntropy());
  }
}
