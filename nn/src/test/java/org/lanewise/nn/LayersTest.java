package org.lanewise.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.nn.activation.Activation;
import org.lanewise.nn.activation.Elu;
import org.lanewise.nn.activation.Glu;
import org.lanewise.nn.activation.LeakyRelu;
import org.lanewise.nn.activation.LogSoftmax;
import org.lanewise.nn.activation.PRelu;
import org.lanewise.nn.activation.Softmax;
import org.lanewise.nn.initializer.Initializer;
import org.lanewise.nn.layer.Dense;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.layer.Named;
import org.lanewise.nn.layer.WeightNorm;
import org.lanewise.nn.normalization.BatchNorm;
import org.lanewise.nn.normalization.BatchRenorm;
import org.lanewise.nn.normalization.LayerNorm;
import org.lanewise.nn.normalization.RmsNorm;

final class LayersTest {
  @Test
  void givesTheUsualConstants() {
    assertThat(Layers.dense(3)).isEqualTo(new Dense(3, Initializer.glorotUniform(), true));
    assertThat(Layers.batchNorm()).isEqualTo(new BatchNorm(0.99, 0.001, true, true));
    assertThat(Layers.batchRenorm()).isEqualTo(new BatchRenorm(Layers.batchNorm(), 3, 5));
    assertThat(Layers.layerNorm()).isEqualTo(new LayerNorm(0.001, true, true));
    assertThat(Layers.rmsNorm()).isEqualTo(new RmsNorm(1e-6));
    assertThat(Layers.dense(3).weightNorm()).isEqualTo(new WeightNorm(Layers.dense(3)));
    assertThat(Layers.pRelu()).isEqualTo(new PRelu(0.25));
    assertThat(
            List.<Layer>of(
                Layers.logistic(),
                Layers.tanh(),
                Layers.relu(),
                Layers.leakyRelu(),
                Layers.elu(),
                Layers.selu(),
                Layers.softsign(),
                Layers.softplus(),
                Layers.hardSigmoid(),
                Layers.relu6(),
                Layers.celu(),
                Layers.gelu(),
                Layers.geluTanh(),
                Layers.silu(),
                Layers.mish(),
                Layers.hardSwish()))
        .containsExactlyInAnyOrderElementsOf(Activation.all());
    assertThat(Layers.leakyRelu(0.2)).isEqualTo(new LeakyRelu(0.2));
    assertThat(Layers.hugeLeakyRelu()).isEqualTo(new LeakyRelu(0.2));
    assertThat(Layers.glu()).isEqualTo(new Glu());
    assertThat(Layers.softmax()).isEqualTo(new Softmax());
    assertThat(Layers.logSoftmax()).isEqualTo(new LogSoftmax());
    assertThat(Layers.elu(0.5)).isEqualTo(new Elu(0.5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "/"})
  void namesHaveNoSlash(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Layers.relu().named(name))
        .withMessage(
            "layer: expected a name that is not empty and has no slash, was \"" + name + "\"");
  }

  @Test
  void theLastNameHolds() {
    assertThat(Layers.relu().named("a").named("b")).isEqualTo(new Named("b", Layers.relu()));
  }
}
