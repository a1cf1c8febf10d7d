package org.lanewise.nn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.lanewise.nn.Layers.batchNorm;
import static org.lanewise.nn.Layers.dropout;
import static org.lanewise.nn.Layers.gaussianNoise;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.operation.Draw;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.layer.Mode;

/** Draws belong to a seed, a step and a layer. */
final class DrawsTest {
  private static final Tensor ONES = Tensor.full(1, Shape.of(6, 50));

  private static float[] run(Network network, Mode mode, long seed, long step) {
    Tape tape = new Tape();
    Variable x = tape.input("x", ONES);
    Tensor count = Tensor.zeros(Draw.COUNTER);
    Draw.count(count, step);
    Draws draws = new Draws(seed, tape.input("step", count));
    return network
        .record(network.initialize(1), mode, List.of(x), draws)
        .output()
        .value()
        .toArray();
  }

  private static Network network(Layer... layers) {
    return Network.of(50, layers);
  }

  @Test
  void changeWithTheStepAndTheSeed() {
    Network network = network(dropout(0.5));
    float[] first = run(network, Mode.TRAINING, 3, 0);

    assertThat(run(network, Mode.TRAINING, 3, 0)).isEqualTo(first);
    assertThat(run(network, Mode.TRAINING, 3, 1)).isNotEqualTo(first);
    assertThat(run(network, Mode.TRAINING, 4, 0)).isNotEqualTo(first);
  }

  @Test
  void differBetweenLayersButNotWithTheLayersAround() {
    Layer own = dropout(0.5).named("own");
    float[] alone = run(network(own), Mode.TRAINING, 3, 0);
    float[] behind = run(network(gaussianNoise(0.001), own), Mode.TRAINING, 3, 0);
    float[] other = run(network(dropout(0.5).named("other")), Mode.TRAINING, 3, 0);

    assertThat(other).isNotEqualTo(alone);
    for (int i = 0; i < alone.length; i++) {
      assertThat(behind[i] == 0).as("element %d is dropped", i).isEqualTo(alone[i] == 0);
    }
  }

  @Test
  void aSharedLayerDrawsForEachOfItsPlaces() {
    Flow input = Flow.input("input", Shape.of(50));
    Layer shared = dropout(0.5).named("shared");
    Network twice = Network.of(List.of(input), List.of(input.then(shared), input.then(shared)));
    Tape tape = new Tape();
    Draws draws = new Draws(3, tape.input("step", Tensor.zeros(Draw.COUNTER)));
    List<Variable> outputs =
        twice
            .record(new Parameters(), Mode.TRAINING, List.of(tape.input("x", ONES)), draws)
            .outputs();

    float[] first = run(network(shared), Mode.TRAINING, 3, 0);
    assertThat(outputs.get(0).value().toArray()).isEqualTo(first);
    assertThat(outputs.get(1).value().toArray()).isNotEqualTo(first);
  }

  @Test
  void inferenceWithDrawsLeavesBatchNormalizationInInference() {
    Network network = network(batchNorm(), dropout(0.5));
    float[] y = run(network, Mode.INFERENCE, 3, 0);

    // The running statistics of a new network are 0 and 1: normalization divides by √1.001.
    float kept = 2 / (float) Math.sqrt(1.001);
    for (float element : y) {
      assertThat(element).isIn(0f, kept);
    }
    assertThat(y).contains(0f, kept);
  }

  @Test
  void trainingWithoutDrawsIsRefused() {
    Network network = network(dropout(0.5));
    Variable x = new Tape().input("x", ONES);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> network.record(new Parameters(), Mode.TRAINING, x))
        .withMessage("layer dropout1: expected draws to record with");
    assertThat(network.record(new Parameters(), Mode.INFERENCE, x).output().value().toArray())
        .isEqualTo(ONES.toArray());
  }
}
