package org.lanewise.nn.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.lanewise.nn.Layers.alphaDropout;
import static org.lanewise.nn.Layers.batchNorm;
import static org.lanewise.nn.Layers.dense;
import static org.lanewise.nn.Layers.dropout;
import static org.lanewise.nn.Layers.elu;
import static org.lanewise.nn.Layers.flatten;
import static org.lanewise.nn.Layers.gaussianNoise;
import static org.lanewise.nn.Layers.hardSigmoid;
import static org.lanewise.nn.Layers.identity;
import static org.lanewise.nn.Layers.reshape;
import static org.lanewise.nn.Layers.sequence;
import static org.lanewise.nn.Layers.sigmoid;
import static org.lanewise.nn.Layers.softmax;
import static org.lanewise.nn.Layers.tanh;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.ForkedJvm;
import org.lanewise.nn.Inference;
import org.lanewise.nn.Samples;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.network.Flow;
import org.lanewise.nn.network.Network;
import org.lanewise.nn.network.Parameters;
import org.lanewise.nn.regularizer.Regularizer;

final class PredictorTest {
  private static final long SEED = 14;
  private final Network network =
      Network.of(3, dense(40), batchNorm(), tanh(), dense(30), elu(), dense(4));
  private final Parameters parameters = network.initialize(SEED);
  private final Predictor predictor = new Predictor(network, parameters);

  private Tensor recorded(Tensor x) {
    return Inference.folded(network, parameters, x);
  }

  @Test
  void givesWhatTheFoldedNetworkRecords() {
    for (int batch : new int[] {2, 1, 5, 70, 2}) {
      Tensor x = Samples.normal(batch, batch, 3);
      assertThat(predictor.predict(x).sameElements(recorded(x))).isTrue();
    }
  }

  @Test
  void givesWhatTheNetworkRecordsUpToRounding() {
    Tensor x = Samples.normal(SEED, 50, 3);
    float[] expected = Inference.of(network, parameters, x).toArray();
    assertThat(predictor.predict(x).toArray()).containsExactly(expected, within(2e-6f));
  }

  @Test
  void anExampleHasTheSameBitsInEveryBatch() {
    Tensor x = Samples.normal(SEED, 33, 3);
    Tensor all = predictor.predict(x);
    for (int i = 0; i < 33; i++) {
      Tensor one = Tensor.view(x.array(), 3 * i, Shape.of(1, 3));
      assertThat(predictor.predict(one).toArray())
          .containsExactly(Arrays.copyOfRange(all.array(), 4 * i, 4 * i + 4));
    }
  }

  @Test
  void everyWayToPredictGivesTheSame() {
    Tensor x = Samples.normal(SEED, 2, 3);
    Tensor y = predictor.predict(x);
    float[] array = new float[8];
    predictor.predict(x.toArray(), array);
    assertThat(array).containsExactly(y.toArray());
    // Parts of larger arrays.
    float[] padded = new float[10];
    System.arraycopy(x.toArray(), 0, padded, 3, 6);
    Tensor part = Tensor.view(new float[13], 5, Shape.of(2, 4));
    predictor.predict(Tensor.view(padded, 3, Shape.of(2, 3)), part);
    assertThat(part.sameElements(y)).isTrue();
    Tensor listed = Tensor.zeros(2, 4);
    predictor.predict(List.of(x), List.of(listed));
    assertThat(listed.sameElements(y)).isTrue();
  }

  @Test
  void severalInputsAndOutputs() {
    Flow left = Flow.input("left", 2);
    Flow right = Flow.input("right", 3);
    Flow joined = Flow.concatenate(left, right).then(dense(4));
    Network forked = Network.of(List.of(left, right), List.of(joined, joined.then(softmax())));
    Predictor both = new Predictor(forked, forked.initialize(SEED));
    List<Tensor> x = List.of(Samples.normal(1, 5, 2), Samples.normal(2, 5, 3));
    List<Tensor> y = both.predict(x);
    List<Tensor> given = List.of(Tensor.zeros(5, 4), Tensor.zeros(5, 4));
    both.predict(x, given);
    for (int i = 0; i < 2; i++) {
      assertThat(given.get(i).sameElements(y.get(i))).isTrue();
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> both.predict(new float[5], new float[4]))
        .withMessage(
            "predict: expected a network with one input and one output, was one with 2 and 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> both.predict(x, given.subList(0, 1)))
        .withMessage("predict: expected room for 2 outputs, was for 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> both.predict(List.of(x.get(0), Tensor.zeros(4, 3)), given))
        .withMessage("network: expected batches of as many examples, was [5, 2] and [4, 3]");
  }

  @Test
  void givesTensorsThatStayAsTheyAre() {
    Tensor x = Samples.normal(SEED, 2, 3);
    Tensor first = predictor.predict(x);
    float[] before = first.toArray();
    predictor.predict(Samples.normal(SEED + 1, 2, 3));
    assertThat(first.toArray()).containsExactly(before);
  }

  @Test
  void whatBecomesOfTheParametersDoesNotMatter() {
    Tensor x = Samples.normal(SEED, 2, 3);
    Tensor before = predictor.predict(x);
    for (String name : parameters.names()) {
      Arrays.fill(parameters.get(name).array(), 7);
    }
    assertThat(predictor.predict(x).sameElements(before)).isTrue();
    Tensor more = Samples.normal(SEED, 5, 3);
    Network same = Network.of(3, dense(40), batchNorm(), tanh(), dense(30), elu(), dense(4));
    assertThat(
            predictor
                .predict(more)
                .sameElements(Inference.folded(same, same.initialize(SEED), more)))
        .isTrue();
  }

  @Test
  void dropoutAndNoiseAreGone() {
    Network noisy =
        Network.of(
            3, gaussianNoise(1), dense(5), tanh(), dropout(0.5), alphaDropout(0.5), dense(2));
    Network plain = Network.of(3, dense(5), tanh(), dense(2));
    Tensor x = Samples.normal(SEED, 9, 3);
    assertThat(
            new Predictor(noisy, noisy.initialize(SEED))
                .predict(x)
                .sameElements(new Predictor(plain, plain.initialize(SEED)).predict(x)))
        .isTrue();
  }

  @Test
  void predictsForMoreBatchSizesThanItKeeps() {
    for (int round = 0; round < 2; round++) {
      for (int batch = 1; batch <= 40; batch++) {
        Tensor x = Samples.normal(batch, batch, 3);
        assertThat(predictor.predict(x).sameElements(recorded(x))).isTrue();
      }
    }
  }

  @Test
  void manyThreadsGetWhatOneGets() throws InterruptedException, ExecutionException {
    int threads = 8;
    int[] batches = {1, 2, 3, 64};
    List<Tensor> examples = new ArrayList<>();
    List<Tensor> expected = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Tensor x = Samples.normal(i, batches[i % batches.length], 3);
      examples.add(x);
      expected.add(recorded(x));
    }
    Callable<Integer> caller =
        () -> {
          int right = 0;
          for (int round = 0; round < 50; round++) {
            for (int i = 0; i < examples.size(); i++) {
              right += predictor.predict(examples.get(i)).sameElements(expected.get(i)) ? 1 : 0;
            }
          }
          return right;
        };
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<Callable<Integer>> callers = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        callers.add(caller);
      }
      for (Future<Integer> right : executor.invokeAll(callers)) {
        assertThat(right.get()).isEqualTo(50 * 40);
      }
    }
  }

  /** Of callers that come at once, as many as there are processors have a program of their own. */
  @Test
  void programsAreAsManyAsProcessorsHoweverManyThreadsPredict()
      throws InterruptedException, ExecutionException {
    CallersAtOnce layer = new CallersAtOnce();
    Network slow = Network.of(3, dense(4), layer);
    Predictor shared = new Predictor(slow, slow.initialize(SEED));
    Tensor x = Samples.normal(SEED, 10, 3);
    Tensor expected = shared.predict(x);
    List<Callable<Boolean>> callers = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      callers.add(() -> shared.predict(x).sameElements(expected));
    }
    try (ExecutorService executor = Executors.newFixedThreadPool(callers.size())) {
      for (Future<Boolean> right : executor.invokeAll(callers)) {
        assertThat(right.get()).isTrue();
      }
    }
    assertThat(layer.most.get()).isBetween(1, Predictor.CALLERS);
  }

  @Test
  void lanesThreadsAndTiersDoNotMatter() throws IOException, InterruptedException {
    List<ForkedJvm> forks =
        List.of(
            new ForkedJvm(
                PredictedBits.class, "-Dlanewise.vectorBits=128", "-Dlanewise.vectors=at-once"),
            new ForkedJvm(
                PredictedBits.class,
                "-Dlanewise.vectorBits=256",
                "-Dlanewise.threads=1",
                "-Dlanewise.vectors=off"));
    for (ForkedJvm fork : forks) {
      assertThat(fork.output()).endsWith("bits " + PredictedBits.predict());
    }
  }

  /**
   * Before the JIT compiler is done a prediction runs on plain loops, which are not compiled at
   * first either: it takes five to twenty times as long.
   */
  @Test
  void aWarmPredictorIsAsFastAtOnceAsLaterAndAllocatesNothing()
      throws IOException, InterruptedException {
    String warm = new ForkedJvm(WarmPrediction.class).output();
    assertThat(number("cliff", warm)).as(warm).isLessThan(5);
    assertThat(number("allocated", warm)).as(warm).isLessThan(1);
    String cold = new ForkedJvm(WarmPrediction.class, List.of(WarmPrediction.COLD)).output();
    assertThat(number("cliff", cold)).as(cold).isGreaterThan(2 * number("cliff", warm));
  }

  private static double number(String name, String output) {
    List<String> words = List.of(output.split(" "));
    return Double.parseDouble(words.get(words.indexOf(name) + 1));
  }

  @Test
  void warmingUpChangesNoPrediction() {
    Tensor x = Samples.normal(SEED, 2, 3);
    Tensor before = predictor.predict(x);
    assertThat(predictor.warmUp(2)).isSameAs(predictor);
    assertThat(predictor.predict(x).sameElements(before)).isTrue();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> predictor.warmUp())
        .withMessage("warm_up: expected at least one batch size, was none");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> predictor.warmUp(1, 0))
        .withMessage("warm_up: expected batch sizes of at least 1, was 0");
  }

  @Test
  void classifiesByTheLargestOutput() {
    Tensor x = Samples.normal(SEED, 9, 3);
    Tensor outputs = predictor.predict(x);
    int[] classes = predictor.classify(x);
    assertThat(classes).hasSize(9);
    for (int i = 0; i < 9; i++) {
      for (int j = 0; j < 4; j++) {
        assertThat(outputs.get(i, j)).isLessThanOrEqualTo(outputs.get(i, classes[i]));
      }
    }
  }

  @Test
  void whatIsNoNumberIsNoClass() {
    Tensor x = Samples.normal(SEED, 9, 3);
    x.array()[3 * 4 + 1] = Float.NaN;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> predictor.classify(x))
        .withMessage("classify: expected outputs that are numbers, was NaN for example 4");
  }

  @Test
  void aSingleOutputTellsTwoClassesApart() {
    Network single = Network.of(3, dense(1));
    Predictor logits = new Predictor(single, single.initialize(SEED));
    Tensor x = Samples.normal(1, 40, 3);
    int[] expected = new int[40];
    for (int i = 0; i < 40; i++) {
      expected[i] = logits.predict(x).get(i, 0) > 0 ? 1 : 0;
    }
    assertThat(expected).contains(0, 1);
    assertThat(logits.classify(x)).containsExactly(expected);
    assertThat(logits.then(sigmoid()).classify(x)).containsExactly(expected);
    Network numbers = Network.of(3, dense(1), flatten(), reshape());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Predictor(numbers, numbers.initialize(SEED)).classify(x))
        .withMessage("classify: expected outputs that are vectors, was shape []");
  }

  @Test
  void aSingleOutputMayComeFromALayerOfLayers() {
    Network plain = Network.of(3, dense(3), dense(1));
    Network within = Network.of(3, sequence(dense(3), dense(1)));
    Tensor x = Samples.normal(1, 40, 3);
    Parameters parameters = within.initialize(SEED);
    Parameters same = plain.initialize(0);
    same.names().forEach(name -> same.get(name).copyFrom(parameters.get("sequence1/" + name)));
    int[] expected = new Predictor(plain, same).classify(x);
    assertThat(expected).contains(0, 1);
    Predictor logits = new Predictor(within, parameters);
    assertThat(logits.classify(x)).containsExactly(expected);
    for (Layer last :
        List.of(
            sigmoid().named("probability"),
            sequence(identity(), sigmoid()),
            sequence(sigmoid(), flatten(), reshape(1), identity()),
            sigmoid().regularizeActivity(Regularizer.l2(0.1)),
            hardSigmoid())) {
      assertThat(logits.then(last).classify(x)).as("%s", last).containsExactly(expected);
    }
  }

  @Test
  void layersWithoutParametersFollow() {
    Tensor x = Samples.normal(SEED, 9, 3);
    Tensor logits = predictor.predict(x);
    assertThat(predictor.then(softmax()).predict(x).sameElements(softmax().of(logits))).isTrue();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> predictor.then(dense(2)))
        .withMessageContaining("kernel");
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> predictor.predict(Tensor.zeros(3)))
        .withMessage("network: expected a batch of shape [batch, 3], was [3]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> predictor.predict(Tensor.zeros(2, 4), Tensor.zeros(2, 4)))
        .withMessage("network: expected a batch of shape [batch, 3], was [2, 4]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> predictor.predict(Tensor.zeros(0, 3)))
        .withMessage("network: expected a batch of at least one example, was an empty one");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> predictor.predict(Tensor.zeros(2, 3), Tensor.zeros(2, 3)))
        .withMessage("predict: expected room for outputs of shape [2, 4], was [2, 3]");
    for (int elements : new int[] {0, 2, 7}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> predictor.predict(new float[elements], new float[4]))
          .withMessage(
              "predict: expected whole examples of 3 elements, at least one, was "
                  + elements
                  + " elements");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> predictor.predict(new float[6], new float[4]))
        .withMessage("predict: expected room for 2 outputs of 4 elements, was 4 elements");
    Parameters other = Network.of(4, dense(40)).initialize(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Predictor(network, other))
        .withMessage("network: expected dense1/kernel of shape [3, 40], was [4, 40]");
  }

  /** What fails gives its program back. */
  @Test
  void predictsAfterAFailure() {
    for (int i = 0; i < 3; i++) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> predictor.predict(Tensor.zeros(2, 3), Tensor.zeros(3)));
    }
    Tensor x = Samples.normal(SEED, 2, 3);
    assertThat(predictor.predict(x).sameElements(recorded(x))).isTrue();
  }
}
