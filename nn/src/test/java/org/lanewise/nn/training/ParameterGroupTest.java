package org.lanewise.nn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.lanewise.nn.Layers.dense;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.loss.MeanSquaredError;
import org.lanewise.nn.network.Network;
import org.lanewise.nn.network.Parameters;
import org.lanewise.nn.optimizer.Optimizer;

final class ParameterGroupTest {
  private static final Network NETWORK = Network.of(1, dense(1), dense(1));
  private static final List<String> NAMES =
      List.of("dense1/kernel", "dense1/bias", "dense2/kernel", "dense2/bias");

  private static Training training() {
    return Training.of(NETWORK, new MeanSquaredError(), Optimizer.sgd(0.5).weightDecay(0.5));
  }

  private static Parameters ones() {
    Parameters parameters = NETWORK.initialize(1);
    for (String name : parameters.names()) {
      parameters.get(name).array()[0] = 1;
    }
    return parameters;
  }

  /** What the parameters are after a step on a gradient of 0, which leaves decay alone. */
  private static List<Float> afterDecay(Training training) {
    Trainer trainer = training.start(ones());
    // 1 · 1 + 1 = 2, and 2 · 1 + 1 = 3: no error.
    trainer.epoch(DataSet.of(Tensor.of(new float[] {1}, 1, 1), Tensor.of(new float[] {3}, 1, 1)));
    return NAMES.stream().map(name -> trainer.parameters().get(name).toArray()[0]).toList();
  }

  @Test
  void vectorsNeedNotDecay() {
    assertThat(afterDecay(training())).containsExactly(0.75f, 0.75f, 0.75f, 0.75f);
    assertThat(afterDecay(training().group(ParameterGroup.vectors().withoutDecay())))
        .containsExactly(0.75f, 1f, 0.75f, 1f);
    assertThat(afterDecay(training().group(ParameterGroup.matching("*/bias").withoutDecay())))
        .containsExactly(0.75f, 1f, 0.75f, 1f);
  }

  @Test
  void factorsOfSeveralGroupsAreMultiplied() {
    Training training =
        training()
            .group(ParameterGroup.matching("dense1/*").rate(0.5))
            .group(ParameterGroup.matching("*/bias", "dense2/kernel").rate(2));
    assertThat(afterDecay(training)).containsExactly(0.875f, 0.75f, 0.5f, 0.5f);
  }

  @Test
  void anotherRateIsForTheGradientToo() {
    Training training =
        Training.of(NETWORK, new MeanSquaredError(), Optimizer.sgd(0.25))
            .group(ParameterGroup.matching("dense1/*").rate(0.5));
    Trainer trainer = training.start(ones());
    // The error is 1 and the gradient of the output 2; the hidden value is 2.
    trainer.epoch(DataSet.of(Tensor.of(new float[] {1}, 1, 1), Tensor.of(new float[] {2}, 1, 1)));
    assertThat(NAMES.stream().map(name -> trainer.parameters().get(name).toArray()[0]))
        .containsExactly(0.75f, 0.75f, 0f, 0.5f);
  }

  @Test
  void namesFitPatternsAsAWholeAndLiterally() {
    ParameterGroup group = ParameterGroup.matching("dense1/*", "*.bias");
    List<String> fitting =
        NETWORK.parameters().stream()
            .filter(group.members())
            .map(parameter -> parameter.name())
            .toList();
    assertThat(fitting).containsExactly("dense1/kernel", "dense1/bias");
  }

  @Test
  void refusesWhatMeansNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> training().group(ParameterGroup.matching("dense3/*", "kernel")))
        .withMessage("parameter group: expected dense3/*, kernel to be some of " + NAMES);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> training().group(ParameterGroup.vectors().rate(0)))
        .withMessage(
            "parameter group: expected a factor of the learning rate above 0 and finite as a float,"
                + " was 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ParameterGroup("all", parameter -> true, 1, -1))
        .withMessage(
            "parameter group: expected a factor of the weight decay from 0 to 1, was -1.0");
  }
}
