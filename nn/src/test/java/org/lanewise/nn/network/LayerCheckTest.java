package org.lanewise.nn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.nn.Layers;
import org.lanewise.nn.activation.RRelu;
import org.lanewise.nn.initializer.Initializer;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.layer.Mode;
import org.lanewise.nn.layer.Parameter;
import org.lanewise.nn.layer.Recording;
import org.lanewise.nn.regularizer.Regularizer;

final class LayerCheckTest {
  /** A layer as users write it: x² times a factor for each unit. */
  private record Squares(boolean wrong) implements Layer {
    @Override
    public String kind() {
      return "squares";
    }

    @Override
    public List<Parameter> parameters(Shape input) {
      return List.of(Parameter.trainable("factor", input, Initializer.constant(1)));
    }

    @Override
    public Variable record(Recording recording, Variable x) {
      // A part that the gradient does not see, as when a layer computes with values of its own.
      Variable root = wrong ? x.stopGradient() : x;
      return root.multiply(x).multiply(recording.parameter("factor"));
    }
  }

  @Test
  void passesLayersThatAreRight() {
    LayerCheck.of(new Squares(false), 5).assertPasses();
    LayerCheck.of(Layers.batchNorm(), 4).assertPasses();
    LayerCheck.of(new RRelu(0.125, 1 / 3.0), 2, 3).seed(4).assertPasses();
    LayerCheck.of(Layers.dense(3).regularize("kernel", Regularizer.l2(0.1)), 5).assertPasses();
  }

  @Test
  void failsLayersThatAreWrong() {
    assertThat(LayerCheck.of(new Squares(true), 5).check(Mode.TRAINING).passes()).isFalse();
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> LayerCheck.of(new Squares(true), 5).assertPasses())
        .withMessageStartingWith(
            "squares in TRAINING: gradient check failed: the recorded gradient");
  }

  @Test
  void refusesWhatALayerDoesNotTake() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LayerCheck.of(Layers.dense(3), 2, 2).assertPasses())
        .withMessageStartingWith("dense: expected examples that are vectors");
  }
}
