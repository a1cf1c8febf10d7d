package org.lanewise.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lanewise.nn.initializer.Initializer.forActivation;
import static org.lanewise.nn.initializer.Initializer.glorotNormal;
import static org.lanewise.nn.initializer.Initializer.heNormal;
import static org.lanewise.nn.initializer.Initializer.lecunNormal;

import org.junit.jupiter.api.Test;
import org.lanewise.nn.Layers;
import org.lanewise.nn.activation.Elu;
import org.lanewise.nn.activation.Gelu;
import org.lanewise.nn.activation.Glu;
import org.lanewise.nn.activation.LeakyRelu;
import org.lanewise.nn.activation.LogSoftmax;
import org.lanewise.nn.activation.Logistic;
import org.lanewise.nn.activation.Relu;
import org.lanewise.nn.activation.Selu;
import org.lanewise.nn.activation.Softmax;
import org.lanewise.nn.activation.Swish;
import org.lanewise.nn.activation.Tanh;

final class MatchingInitializerTest {
  @Test
  void heForReluAndItsVariants() {
    assertThat(forActivation(new Relu())).isEqualTo(heNormal());
    assertThat(forActivation(new LeakyRelu(0.2))).isEqualTo(heNormal());
    assertThat(forActivation(new Gelu())).isEqualTo(heNormal());
    assertThat(forActivation(new Swish(1))).isEqualTo(heNormal());
    assertThat(forActivation(new Elu(1))).isEqualTo(heNormal());
    assertThat(forActivation(Layers.elu())).isEqualTo(heNormal());
    assertThat(forActivation(Layers.rRelu())).isEqualTo(heNormal());
    assertThat(forActivation(Layers.pRelu())).isEqualTo(heNormal());
  }

  @Test
  void lecunForSelu() {
    assertThat(forActivation(new Selu())).isEqualTo(lecunNormal());
  }

  @Test
  void glorotOtherwise() {
    assertThat(forActivation(new Tanh())).isEqualTo(glorotNormal());
    assertThat(forActivation(new Logistic())).isEqualTo(glorotNormal());
    assertThat(forActivation(new Softmax())).isEqualTo(glorotNormal());
    assertThat(forActivation(new LogSoftmax())).isEqualTo(glorotNormal());
    assertThat(forActivation(new Glu())).isEqualTo(glorotNormal());
  }
}
