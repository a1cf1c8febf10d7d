package org.lanewise.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.lanewise.nn.Layers.dense;
import static org.lanewise.nn.Layers.tanh;
import static org.lanewise.nn.Layers.tiedDense;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lanewise.autodiff.GradientCheck;
import org.lanewise.autodiff.Tape;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.Samples;
import org.lanewise.nn.network.Network;
import org.lanewise.nn.network.Parameters;

final class TiedDenseTest {
  private static final long SEED = 5;

  private final Network network =
      Network.of(3, dense(4).named("encoder"), tanh(), tiedDense("encoder", 3));

  @Test
  void usesTheKernelTransposed() {
    Parameters parameters = network.initialize(SEED);
    assertThat(parameters.names())
        .containsExactly("encoder/kernel", "encoder/bias", "tied_dense1/bias");
    Tape tape = new Tape();
    var x = tape.constant(Samples.normal(SEED, 5, 3));
    var kernel = tape.constant(parameters.get("encoder/kernel"));
    assertThat(
            network
                .record(parameters, Mode.INFERENCE, x)
                .output()
                .value()
                .sameElements(x.matmul(kernel).tanh().matmul(kernel.transpose()).value()))
        .isTrue();
  }

  @Test
  void gradientsAreDerivatives() {
    Parameters parameters = network.initialize(SEED);
    List<Tensor> point = new ArrayList<>(List.of(Samples.normal(SEED, 4, 3)));
    network.parameters().forEach(p -> point.add(parameters.get(p.name())));
    GradientCheck.of(
            inputs -> {
              var recording =
                  new LoneRecording(
                      Mode.TRAINING,
                      inputs.get(0).tape(),
                      network.parameters(),
                      inputs.subList(1, 4));
              var x = inputs.get(0);
              for (var layer : network.layers().entrySet()) {
                x = layer.getValue().record(recording.in(layer.getKey()), x);
              }
              return x;
            })
        .seed(SEED)
        .assertPasses(point.toArray(Tensor[]::new));
  }

  @Test
  void needsALayerThatFits() {
    Tape tape = new Tape();
    var x = tape.constant(Tensor.zeros(2, 3));
    Network missing = Network.of(3, dense(4), tiedDense("encoder", 3));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> missing.record(missing.initialize(SEED), Mode.INFERENCE, x))
        .withMessage("layer tied_dense1: there is no parameter encoder/kernel");
    Network other = Network.of(3, dense(4), tiedDense("dense1", 5));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> other.record(other.initialize(SEED), Mode.INFERENCE, x))
        .withMessage(
            "layer tied_dense1: tied_dense: expected a kernel of shape [5, 4] in dense1, was [3,"
                + " 4]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tiedDense("dense1", 0))
        .withMessage("tied_dense: expected at least one unit, was 0");
  }
}
