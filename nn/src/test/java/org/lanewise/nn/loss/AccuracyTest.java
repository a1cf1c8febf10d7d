package org.lanewise.nn.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;

final class AccuracyTest {
  @Test
  void isTheShareOfExamplesWhoseLargestOutputIsAtTheLabel() {
    Tensor outputs =
        Tensor.matrix(
            new float[] {1, 2, 3},
            new float[] {-1, -2, -3},
            new float[] {0, 9, 0},
            new float[] {5, 5, 1});
    // The first of equals is the largest.
    assertThat(accuracy(outputs, 2, 0, 1, 0)).isEqualTo(1);
    assertThat(accuracy(outputs, 2, 0, 1, 1)).isEqualTo(0.75f);
    assertThat(accuracy(outputs, 0, 1, 2, 2)).isZero();
  }

  @Test
  void outputsThatAreNoNumbersAreWrong() {
    float nan = Float.NaN;
    Tensor outputs =
        Tensor.matrix(new float[] {nan, nan}, new float[] {1, nan}, new float[] {1, 0});
    assertThat(accuracy(outputs, 0, 1, 0)).isEqualTo(1 / 3f);
    Tape tape = new Tape();
    Variable binary =
        new BinaryAccuracy()
            .record(
                tape.constant(Tensor.vector(nan, nan, -1, 1)),
                tape.constant(Tensor.vector(0, 1, 0, 1)));
    assertThat(binary.value().item()).isEqualTo(0.5f);
  }

  private static float accuracy(Tensor outputs, float... labels) {
    Tape tape = new Tape();
    return new Accuracy()
        .record(tape.constant(outputs), tape.constant(Tensor.vector(labels)))
        .value()
        .item();
  }

  @Test
  void takesLabels() {
    assertThat(new Accuracy().name()).isEqualTo("accuracy");
    assertThat(new Accuracy().targetShape(Shape.of(2))).isEqualTo(Shape.SCALAR);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Accuracy().targetShape(Shape.of(1)))
        .withMessage(
            "accuracy: expected outputs that are vectors of at least 2 classes, was shape [1]");
  }
}
