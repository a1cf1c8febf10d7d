package org.lanewise.nn.initializer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lanewise.engine.Shape;

final class FansTest {
  @Test
  void aDenseKernelHasItsInputsAndOutputs() {
    assertThat(Fans.of(Shape.of(784, 300))).isEqualTo(new Fans(784, 300));
  }

  @Test
  void theReceptiveFieldOfAConvolutionMultipliesBoth() {
    assertThat(Fans.of(Shape.of(3, 5, 16, 32))).isEqualTo(new Fans(15 * 16, 15 * 32));
    assertThat(Fans.of(Shape.of(7, 1, 8))).isEqualTo(new Fans(7, 56));
  }

  @Test
  void aVectorsLengthIsBoth() {
    assertThat(Fans.of(Shape.of(9))).isEqualTo(new Fans(9, 9));
    assertThat(Fans.of(Shape.SCALAR)).isEqualTo(new Fans(1, 1));
  }

  @Test
  void fansAreNeverBelowOne() {
    assertThat(Fans.of(Shape.of(0, 4))).isEqualTo(new Fans(1, 4));
    assertThat(Fans.of(Shape.of(0))).isEqualTo(new Fans(1, 1));
  }
}
