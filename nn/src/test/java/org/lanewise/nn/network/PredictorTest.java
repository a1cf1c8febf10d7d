package org.lanewise.nn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.lanewise.nn.layer.Layers.batchNorm;
import static org.lanewise.nn.layer.Layers.dense;
import static org.lanewise.nn.layer.Layers.logistic;
import static org.lanewise.nn.layer.Layers.tanh;

import org.junit.jupiter.api.Test;
import org.lanewise.autodiff.Tape;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.Samples;
import org.lanewise.nn.layer.Mode;

final class PredictorTest {
  private static final long SEED = 14;
  private final Network network = Network.of(3, dense(5), batchNorm(), tanh(), dense(4));
  private final Parameters parameters = network.initialize(SEED);
  private final Predictor predictor = new Predictor(network, parameters);

  private Tensor recorded(Tensor x) {
    return network.record(parameters, Mode.INFERENCE, new Tape().constant(x)).output().value();
  }

  @Test
  void givesWhatTheNetworkRecords() {
    for (int batch : new int[] {2, 1, 5, 2}) {
      Tensor x = Samples.normal(batch, batch, 3);
      assertThat(predictor.predict(x).sameElements(recorded(x))).isTrue();
    }
  }

  @Test
  void giveTensorsThatStayAsTheyAre() {
    Tensor x = Samples.normal(SEED, 2, 3);
    Tensor first = predictor.predict(x);
    float[] before = first.toArray();
    predictor.predict(Samples.normal(SEED + 1, 2, 3));
    assertThat(first.toArray()).containsExactly(before);
  }

  @Test
  void followsTheParameters() {
    Tensor x = Samples.normal(SEED, 2, 3);
    Tensor before = predictor.predict(x);
    parameters.get("dense2/bias").array()[1] += 1;
    parameters.get("batch_norm1/running_mean").array()[0] += 1;
    assertThat(predictor.predict(x).sameElements(before)).isFalse();
    assertThat(predictor.predict(x).sameElements(recorded(x))).isTrue();
  }

  @Test
  void predictsForMoreBatchSizesThanItKeeps() {
    for (int round = 0; round < 2; round++) {
      for (int batch = 1; batch <= 20; batch++) {
        Tensor x = Samples.normal(batch, batch, 3);
        assertThat(predictor.predict(x).sameElements(recorded(x))).isTrue();
      }
    }
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
  void oneOutputIsNoChoiceOfClasses() {
    Network single = Network.of(3, dense(1), logistic());
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Predictor(single, single.initialize(SEED)).classify(Samples.normal(1, 2, 3)))
        .withMessage(
            "classify: expected outputs that are vectors of at least 2 classes, was shape [1]");
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> predictor.predict(Tensor.zeros(3)))
        .withMessage("network: expected a batch of shape [batch, 3], was [3]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> predictor.predict(Tensor.zeros(0, 3)))
        .withMessage("network: expected a batch of at least one example, was an empty one");
    assertThat(predictor.predict(Tensor.zeros(1, 3)).shape()).isEqualTo(Shape.of(1, 4));
  }
}
