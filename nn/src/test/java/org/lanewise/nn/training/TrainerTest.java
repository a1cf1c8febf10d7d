package org.lanewise.nn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.lanewise.nn.Layers.batchNorm;
import static org.lanewise.nn.Layers.dense;
import static org.lanewise.nn.Layers.elu;
import static org.lanewise.nn.Layers.tanh;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.Samples;
import org.lanewise.nn.clip.GradientClipping;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.layer.Parameter;
import org.lanewise.nn.layer.Recording;
import org.lanewise.nn.loss.MeanSquaredError;
import org.lanewise.nn.loss.SoftmaxCrossEntropy;
import org.lanewise.nn.network.Network;
import org.lanewise.nn.network.Parameters;
import org.lanewise.nn.optimizer.Optimizer;
import org.lanewise.nn.prediction.Predictor;

final class TrainerTest {
  private static final long SEED = 2;

  /** Passes on what it gets and counts how often it is recorded. */
  private record Counting(AtomicInteger recordings) implements Layer {
    @Override
    public String kind() {
      return "counting";
    }

    @Override
    public Variable record(Recording recording, Variable x) {
      recordings.incrementAndGet();
      return x;
    }
  }

  private static DataSet labeled(int size) {
    int[] labels = IntStream.range(0, size).map(i -> i * 7 % 3).toArray();
    return DataSet.labeled(Samples.normal(SEED, size, 4), labels, 3);
  }

  private static Training classifier(int batchSize) {
    Network network = Network.of(4, dense(6), batchNorm().momentum(0.9), elu(), dense(3));
    return Training.of(network, new SoftmaxCrossEntropy(), Optimizer.adam(0.01))
        .clip(GradientClipping.byGlobalNorm(1))
        .batchSize(batchSize)
        .seed(SEED);
  }

  private static List<Integer> batches(Trainer trainer, DataSet data) {
    List<Integer> ends = new ArrayList<>();
    trainer.epoch(data, metrics -> ends.add((int) metrics.examples()));
    return IntStream.range(0, ends.size())
        .mapToObj(i -> ends.get(i) - (i == 0 ? 0 : ends.get(i - 1)))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "10, 3, 3 3 4", // one left over joins the last batch
    "9, 3, 3 3 3",
    "11, 3, 3 3 3 2",
    "2, 5, 2",
    "5, 5, 5",
    "6, 5, 6",
    "7, 5, 5 2",
    "5, 2, 2 3"
  })
  void aSingleExampleLeftOverJoinsTheLastBatch(int examples, int batchSize, String expected) {
    List<Integer> sizes = Arrays.stream(expected.split(" ")).map(Integer::valueOf).toList();
    assertThat(batches(classifier(batchSize).start(), labeled(examples))).isEqualTo(sizes);
  }

  @Test
  void measuredStepsTellWhereTheirTimeGoes() {
    Trainer trainer = classifier(5).start();
    assertThat(trainer.explain()).isEmpty();
    DataSet data = labeled(5);
    trainer.step(data);
    assertThat(trainer.explain()).contains("matmul(").doesNotContain("µs");

    trainer.measure(true);
    trainer.step(data);
    trainer.step(data);
    assertThat(trainer.explain()).contains("the mean of 2 runs").contains("batch_norm");
    trainer.step(labeled(3));
    assertThat(trainer.explain()).as("another batch size").contains("the mean of 1 runs");

    trainer.measure(false);
    assertThat(trainer.explain()).doesNotContain("µs");
  }

  @Test
  void batchesOfOneStayBatchesOfOne() {
    Training training =
        Training.of(Network.of(4, dense(3)), new SoftmaxCrossEntropy(), Optimizer.sgd(0.1))
            .batchSize(1);
    assertThat(batches(training.start(), labeled(3))).containsExactly(1, 1, 1);
    assertThat(batches(training.start(), labeled(1))).containsExactly(1);
  }

  @Test
  void aSingleExampleCannotBeNormalizedInTraining() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> classifier(5).start().epoch(labeled(1)))
        .withMessage(
            "layer batch_norm1: batch_norm: expected a batch of at least 2 examples in training,"
                + " was 1");
    assertThat(classifier(5).start().evaluate(labeled(1)).loss()).isFinite();
  }

  @Test
  void anEpochUsesEveryExampleOnce() {
    // The output stays 0, example i has the squared error 4ⁱ: their sum tells who took part.
    int size = 6;
    Tensor targets = Tensor.zeros(size, 1);
    int sum = 0;
    for (int i = 0; i < size; i++) {
      targets.array()[i] = 1 << i;
      sum += 1 << (2 * i);
    }
    Network network = Network.of(1, dense(1).withoutBias());
    Trainer trainer =
        Training.of(network, new MeanSquaredError(), Optimizer.sgd(1)).batchSize(4).start();
    DataSet data = DataSet.of(Tensor.zeros(size, 1), targets);
    List<Double> firstBatches = new ArrayList<>();
    for (int epoch = 0; epoch < 5; epoch++) {
      List<Double> losses = new ArrayList<>();
      Metrics metrics = trainer.epoch(data, soFar -> losses.add(soFar.loss()));
      assertThat(metrics.examples()).isEqualTo(size);
      assertThat(metrics.loss()).isEqualTo((double) sum / size);
      firstBatches.add(losses.getFirst());
    }
    assertThat(trainer.epochs()).isEqualTo(5);
    assertThat(firstBatches.stream().distinct().count()).as("orders differ").isGreaterThan(1);
  }

  /** Linear regression by full batches of two sizes, computed once more in double precision. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void optimizerStateSurvivesAndIsSharedByBatchSizes(boolean adam) {
    double rate = 0.05;
    Optimizer optimizer = adam ? Optimizer.adam(rate) : Optimizer.momentum(rate, 0.9);
    Network network = Network.of(2, dense(1));
    Trainer trainer = Training.of(network, new MeanSquaredError(), optimizer).start();
    DataSet five = DataSet.of(Samples.normal(SEED, 5, 2), Samples.normal(SEED + 1, 5, 1));
    DataSet three = DataSet.of(Samples.normal(SEED + 2, 3, 2), Samples.normal(SEED + 3, 3, 1));
    Tensor kernel = trainer.parameters().get("dense1/kernel");
    Tensor bias = trainer.parameters().get("dense1/bias");
    double[] w = {kernel.get(0, 0), kernel.get(1, 0), bias.get(0)};
    double[] m = new double[3];
    double[] v = new double[3];
    for (int t = 1; t <= 50; t++) {
      DataSet data = t % 3 == 0 ? three : five;
      double[] g = new double[3];
      double loss = 0;
      for (int i = 0; i < data.size(); i++) {
        double[] x = {data.inputs().get(i, 0), data.inputs().get(i, 1), 1};
        double error = w[0] * x[0] + w[1] * x[1] + w[2] - data.targets().get(i, 0);
        loss += error * error / data.size();
        for (int j = 0; j < 3; j++) {
          g[j] += 2 * error * x[j] / data.size();
        }
      }
      for (int j = 0; j < 3; j++) {
        if (adam) {
          m[j] = 0.9 * m[j] + 0.1 * g[j];
          v[j] = 0.999 * v[j] + 0.001 * g[j] * g[j];
          double corrected = Math.sqrt(v[j] / (1 - Math.pow(0.999, t))) + 1e-7;
          w[j] -= rate * m[j] / (1 - Math.pow(0.9, t)) / corrected;
        } else {
          m[j] = 0.9 * m[j] - rate * g[j];
          w[j] += m[j];
        }
      }
      assertThat(trainer.epoch(data).loss()).isCloseTo(loss, within(1e-5 * loss));
      float[] found = {kernel.get(0, 0), kernel.get(1, 0), bias.get(0)};
      for (int j = 0; j < 3; j++) {
        // 50 steps of a few roundings each, of numbers around 1.
        assertThat((double) found[j])
            .as("parameter %d after step %d, seed %d", j, t, SEED)
            .isCloseTo(w[j], within(5e-6));
      }
    }
    assertThat(trainer.optimizerState().names())
        .containsExactlyInAnyOrderElementsOf(
            adam
                ? List.of(
                    "m/dense1/kernel",
                    "m/dense1/bias",
                    "m_weight",
                    "v/dense1/kernel",
                    "v/dense1/bias",
                    "v_weight")
                : List.of("momentum/dense1/kernel", "momentum/dense1/bias"));
  }

  @Test
  void recordsAStepForEachBatchSizeOnce() {
    AtomicInteger recordings = new AtomicInteger();
    Network network = Network.of(4, new Counting(recordings), dense(3));
    Trainer trainer =
        Training.of(network, new SoftmaxCrossEntropy(), Optimizer.sgd(0.1)).batchSize(4).start();
    assertThat(recordings).hasValue(0);
    for (int epoch = 0; epoch < 3; epoch++) {
      trainer.epoch(labeled(12));
      trainer.learningRate(0.1 / (epoch + 2));
      assertThat(recordings).hasValue(1);
    }
    trainer.epoch(labeled(14)); // 4, 4, 4, 2
    assertThat(recordings).hasValue(2);
    trainer.evaluate(labeled(12));
    trainer.evaluate(labeled(12));
    assertThat(recordings).hasValue(3);
  }

  @Test
  void theLearningRateOfTheNextStepIsWhatWasSet() {
    Network network = Network.of(1, dense(1).withoutBias());
    Trainer trainer = Training.of(network, new MeanSquaredError(), Optimizer.sgd(0.25)).start();
    DataSet data = DataSet.of(Tensor.matrix(new float[] {1}), Tensor.matrix(new float[] {0}));
    float[] weight = trainer.parameters().get("dense1/kernel").array();
    weight[0] = 1;
    trainer.epoch(data); // The gradient is 2 w.
    assertThat(weight[0]).isEqualTo(0.5f);
    assertThat(trainer.learningRate()).isEqualTo(0.25);
    trainer.learningRate(0.1);
    assertThat(trainer.learningRate()).isEqualTo(0.1);
    trainer.epoch(data);
    assertThat((double) weight[0]).isCloseTo(0.4, within(1e-7));
    for (double rate : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> trainer.learningRate(rate))
          .withMessage(
              "trainer: expected a learning rate above 0 and finite as a float, was " + rate);
    }
    assertThat(trainer.learningRate()).isEqualTo(0.1);
  }

  @Test
  void clipsBeforeTheStep() {
    Network network = Network.of(1, dense(1).withoutBias());
    Trainer trainer =
        Training.of(network, new MeanSquaredError(), Optimizer.sgd(1))
            .clip(GradientClipping.byValue(0.125))
            .start();
    float[] weight = trainer.parameters().get("dense1/kernel").array();
    weight[0] = 3;
    trainer.epoch(DataSet.of(Tensor.matrix(new float[] {1}), Tensor.matrix(new float[] {0})));
    assertThat(weight[0]).isEqualTo(2.875f);
  }

  @Test
  void sameSeedSameBits() {
    Trainer first = classifier(5).start();
    Trainer second = classifier(5).start();
    Trainer other = classifier(5).seed(SEED + 1).start(first.parameters().copy());
    DataSet data = labeled(23);
    for (int epoch = 0; epoch < 3; epoch++) {
      double loss = first.epoch(data).loss();
      assertThat(second.epoch(data).loss()).isEqualTo(loss);
      other.epoch(data);
    }
    assertThat(second.parameters().sameElements(first.parameters())).isTrue();
    assertThat(second.optimizerState().sameElements(first.optimizerState())).isTrue();
    assertThat(other.parameters().sameElements(first.parameters())).isFalse();
  }

  @Test
  void evaluationChangesNothing() {
    Trainer trainer = classifier(5).start();
    Trainer undisturbed = classifier(5).start();
    DataSet data = labeled(23);
    trainer.evaluate(data);
    trainer.epoch(data);
    undisturbed.epoch(data);
    Parameters parameters = trainer.parameters().copy();
    Parameters state = trainer.optimizerState().copy();
    Metrics first = trainer.evaluate(data);
    Metrics again = trainer.evaluate(data);
    assertThat(again.loss()).isEqualTo(first.loss());
    assertThat(again.accuracy()).isEqualTo(first.accuracy());
    assertThat(trainer.epochs()).isEqualTo(1);
    assertThat(trainer.parameters().sameElements(parameters)).isTrue();
    assertThat(trainer.optimizerState().sameElements(state)).isTrue();
    trainer.epoch(data);
    undisturbed.epoch(data);
    assertThat(trainer.parameters().sameElements(undisturbed.parameters())).isTrue();
  }

  /**
   * A layer that means to update its statistic whenever it is recorded, which is not for it to say.
   */
  private record Eager() implements Layer {
    @Override
    public String kind() {
      return "eager";
    }

    @Override
    public List<Parameter> parameters(Shape input) {
      return List.of(Parameter.statistic("count", Shape.SCALAR, 0));
    }

    @Override
    public Variable record(Recording recording, Variable x) {
      recording.update("count", recording.parameter("count").add(1));
      return x;
    }
  }

  @Test
  void onlyTrainingUpdatesStatistics() {
    Network network = Network.of(4, new Eager(), dense(3));
    Trainer trainer =
        Training.of(network, new SoftmaxCrossEntropy(), Optimizer.sgd(0.1)).batchSize(5).start();
    Tensor count = trainer.parameters().get("eager1/count");
    trainer.evaluate(labeled(10));
    trainer.predictor().predict(labeled(10).inputs());
    assertThat(count.item()).isZero();
    trainer.epoch(labeled(10));
    assertThat(count.item()).isEqualTo(2);
  }

  @Test
  void evaluationAveragesOverMoreExamplesThanABatch() {
    Trainer trainer = classifier(50).start();
    DataSet data = labeled(600);
    trainer.epoch(data);
    Metrics metrics = trainer.evaluate(data);
    Tensor outputs = trainer.predictor().predict(data.inputs());
    double loss = 0;
    int right = 0;
    for (int i = 0; i < 600; i++) {
      double sum = 0;
      int label = (int) data.targets().get(i);
      boolean largest = true;
      for (int j = 0; j < 3; j++) {
        sum += Math.exp(outputs.get(i, j));
        largest &= outputs.get(i, j) <= outputs.get(i, label);
      }
      loss += Math.log(sum) - outputs.get(i, label);
      right += largest ? 1 : 0;
    }
    assertThat(metrics.examples()).isEqualTo(600);
    assertThat(metrics.loss()).isCloseTo(loss / 600, within(1e-6));
    assertThat(metrics.accuracy()).isCloseTo(right / 600.0, within(1e-7));
    assertThat(metrics.names()).containsExactly("loss", "accuracy");
  }

  @Test
  void aPredictorKeepsTheParametersThatItWasMadeOf() {
    Trainer trainer = classifier(5).start();
    Predictor predictor = trainer.predictor();
    DataSet data = labeled(23);
    Tensor before = predictor.predict(data.inputs());
    trainer.epoch(data);
    assertThat(predictor.predict(data.inputs()).sameElements(before)).isTrue();
    Tensor after = trainer.predictor().predict(data.inputs());
    assertThat(after.sameElements(before)).isFalse();
    assertThat(
            new Predictor(classifier(5).network(), trainer.parameters().copy())
                .predict(data.inputs())
                .sameElements(after))
        .isTrue();
  }

  @Test
  void runningStatisticsApproachThoseOfTheBatches() {
    Trainer trainer = classifier(32).start();
    // Frozen, but for the statistics.
    trainer.learningRate(1e-30);
    DataSet data = labeled(20);
    Parameters parameters = trainer.parameters();
    Tensor z = new Predictor(Network.of(4, dense(6)), parameters).predict(data.inputs());
    for (int epoch = 1; epoch <= 4; epoch++) {
      trainer.epoch(data);
      double left = Math.pow(0.9, epoch);
      for (int j = 0; j < 6; j++) {
        double mean = 0;
        double squares = 0;
        for (int i = 0; i < 20; i++) {
          mean += z.get(i, j) / 20;
          squares += z.get(i, j) * (double) z.get(i, j) / 20;
        }
        double variance = squares - mean * mean;
        assertThat((double) parameters.get("batch_norm1/running_mean").get(j))
            .isCloseTo((1 - left) * mean, within(1e-6));
        assertThat((double) parameters.get("batch_norm1/running_variance").get(j))
            .isCloseTo(left + (1 - left) * variance, within(1e-6));
      }
    }
  }

  @Test
  void dataThatDoNotFitAreRefused() {
    Trainer trainer = classifier(5).start();
    int[] labels = {0, 1};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.epoch(DataSet.labeled(Tensor.zeros(2, 5), labels, 3)))
        .withMessage("trainer: expected examples of shape [4], was [5]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.evaluate(DataSet.of(Tensor.zeros(2, 4), Tensor.zeros(2, 3))))
        .withMessage("trainer: expected targets of shape [], was [3]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.epoch(DataSet.labeled(Tensor.zeros(2, 4), labels, 4)))
        .withMessage("trainer: expected at most 3 classes for 3 outputs, was 4");
    assertThat(trainer.epochs()).isZero();
  }

  @ParameterizedTest
  @ValueSource(floats = {-1, 3, 0.5f, Float.NaN, Float.POSITIVE_INFINITY, 1e10f})
  void targetsThatAreNoLabelsAreRefused(float label) {
    Trainer trainer = classifier(5).start();
    DataSet data = DataSet.of(Tensor.zeros(3, 4), Tensor.vector(0, 2, label));
    String message =
        "softmax_cross_entropy: expected integer labels from 0 to 2, label 2 was " + label;
    assertThatIllegalArgumentException().isThrownBy(() -> trainer.epoch(data)).withMessage(message);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.evaluate(data))
        .withMessage(message);
  }

  @Test
  void floatsThatAreLabelsWillDo() {
    DataSet data = DataSet.of(Samples.normal(SEED, 3, 4), Tensor.vector(0, 2, 1));
    assertThat(classifier(5).start().epoch(data).loss()).isFinite();
  }

  @Test
  void learnsExclusiveOr() {
    Tensor inputs =
        Tensor.matrix(
            new float[] {0, 0}, new float[] {0, 1}, new float[] {1, 0}, new float[] {1, 1});
    int[] labels = {0, 1, 1, 0};
    Trainer trainer =
        Training.of(
                Network.of(2, dense(8), tanh(), dense(2)),
                new SoftmaxCrossEntropy(),
                Optimizer.adam(0.05))
            .start();
    DataSet data = DataSet.labeled(inputs, labels, 2);
    for (int epoch = 0; epoch < 150; epoch++) {
      trainer.epoch(data);
    }
    assertThat(trainer.predictor().classify(inputs)).containsExactly(labels);
    assertThat(trainer.evaluate(data).loss()).isLessThan(0.05);
  }

  /** Points on two arms of a spiral, one and a quarter turns each, with a little noise. */
  private static DataSet spirals(int size, long seed) {
    Tensor points = Samples.normal(seed, size, 2);
    int[] labels = new int[size];
    for (int i = 0; i < size; i++) {
      labels[i] = i % 2;
      double r = 0.2 + 0.8 * i / size;
      double angle = 2.5 * Math.PI * r + Math.PI * labels[i];
      points.array()[2 * i] = (float) (2 * r * Math.cos(angle)) + 0.05f * points.get(i, 0);
      points.array()[2 * i + 1] = (float) (2 * r * Math.sin(angle)) + 0.05f * points.get(i, 1);
    }
    return DataSet.labeled(points, labels, 2);
  }

  @Test
  void learnsTwoSpirals() {
    Network network =
        Network.of(2, dense(24), batchNorm().momentum(0.9), elu(), dense(24), tanh(), dense(2));
    Trainer trainer =
        Training.of(network, new SoftmaxCrossEntropy(), Optimizer.adam(0.02))
            .clip(GradientClipping.byGlobalNorm(1))
            .batchSize(40)
            .seed(SEED)
            .start();
    DataSet train = spirals(200, SEED);
    for (int epoch = 0; epoch < 60; epoch++) {
      trainer.epoch(train);
    }
    assertThat(trainer.evaluate(train).accuracy()).as("seed %d", SEED).isGreaterThan(0.98);
    assertThat(trainer.evaluate(spirals(100, SEED + 1)).accuracy()).isGreaterThan(0.95);
  }

  /** An example of weight 2 counts as two, one of weight 0 as none. */
  @Test
  void examplesCountByTheirWeights() {
    DataSet data = labeled(4);
    DataSet weighted = data.weighted(Tensor.vector(2, 0, 1, 1));
    Tensor repeated = data.inputs().copy();
    System.arraycopy(repeated.array(), 0, repeated.array(), 4, 4);
    DataSet twice = DataSet.labeled(repeated, new int[] {0, 0, 2, 0}, 3);
    Training training =
        Training.of(Network.of(4, dense(3)), new SoftmaxCrossEntropy(), Optimizer.sgd(0.1))
            .batchSize(4)
            .seed(SEED);
    Trainer byWeight = training.start();
    Trainer byCount = training.start();

    assertThat(byWeight.epoch(weighted).loss())
        .isCloseTo(byCount.epoch(twice).loss(), within(1e-6));
    for (String name : byWeight.parameters().names()) {
      assertThat(byWeight.parameters().get(name).toArray())
          .usingComparatorWithPrecision(1e-6f)
          .containsExactly(byCount.parameters().get(name).toArray());
    }
    assertThat(byWeight.evaluate(weighted).loss())
        .isNotCloseTo(byWeight.evaluate(data).loss(), within(1e-3));
  }
}
