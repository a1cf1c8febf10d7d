package org.lanewise.nn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.lanewise.nn.Layers.dense;
import static org.lanewise.nn.Layers.tanh;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.nn.Samples;
import org.lanewise.nn.clip.GradientClipping;
import org.lanewise.nn.loss.MeanSquaredError;
import org.lanewise.nn.network.Network;
import org.lanewise.nn.optimizer.Optimizer;

/** Several small batches make the step of a large one. */
final class GradientAccumulationTest {
  private static final long SEED = 31;

  private static Training training() {
    Network network = Network.of(3, dense(5), tanh(), dense(2));
    return Training.of(network, new MeanSquaredError(), Optimizer.adam(0.01))
        .clip(GradientClipping.byGlobalNorm(0.5))
        .seed(SEED);
  }

  /** 24 in whole steps; 22 and 20 with a short batch and a short step at the end. */
  @ParameterizedTest
  @ValueSource(ints = {24, 22, 20})
  void equalsTheStepOfALargeBatch(int examples) {
    DataSet data =
        DataSet.of(Samples.normal(SEED, examples, 3), Samples.normal(SEED + 1, examples, 2));
    Trainer large = training().batchSize(12).start();
    Trainer small = training().batchSize(4).accumulate(3).start();
    for (int epoch = 0; epoch < 5; epoch++) {
      Metrics expected = large.epoch(data);
      Metrics found = small.epoch(data);
      assertThat(found.loss()).isCloseTo(expected.loss(), within(1e-6));
      assertThat(found.gradientNorm()).isCloseTo(expected.gradientNorm(), within(1e-5));
      assertThat(small.steps()).isEqualTo(large.steps());
    }
    for (String name : large.parameters().names()) {
      float[] expected = large.parameters().get(name).toArray();
      float[] found = small.parameters().get(name).toArray();
      for (int i = 0; i < expected.length; i++) {
        // Ten steps of 0.01 from gradients that were added in another order.
        assertThat((double) found[i])
            .as("%s[%d], seed %d", name, i, SEED)
            .isCloseTo(expected[i], within(2e-5));
      }
    }
  }

  @Test
  void refusesStepsOfNoBatches() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> training().accumulate(0))
        .withMessage("training: expected steps of at least one batch, was 0");
  }
}
