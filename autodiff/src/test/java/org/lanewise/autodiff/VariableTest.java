package org.lanewise.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.operation.Elementwise;

class VariableTest {
  private final Tape tape = new Tape();
  private final Variable x = tape.input("x", Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3));

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
  }

  @Test
  void isAnEntryOfItsTape() {
    Variable y = x.exp();
    assertThat(y.tape()).isSameAs(tape);
    assertThat(y.shape()).isEqualTo(Shape.of(2, 3));
    assertThat(y).hasToString("%1 = exp(%0) [2, 3]").isEqualTo(y).isNotEqualTo(x.exp());
    assertThat(tape).hasToString("%0 = input x [2, 3]\n%1 = exp(%0) [2, 3]\n%2 = exp(%0) [2, 3]");
  }

  @Test
  void refusesOperandsOfAnotherTapeOrTheWrongNumber() {
    Variable other = new Tape().input("other", Tensor.scalar(1));
    assertRefused(
        () -> x.add(other), "add: the node %0 = input other [] was recorded on another tape");
    assertRefused(() -> x.record(Elementwise.ADD), "add: expected 2 operands, was 1");
  }

  @Test
  void refusesShapesThatDoNotBroadcast() {
    Variable four = tape.constant(Tensor.zeros(4));
    assertRefused(
        () -> x.multiply(four),
        "multiply: shapes [2, 3] and [4] do not broadcast: expected dimensions that agree or are"
            + " 1, counted from the last");
    assertRefused(
        () -> x.broadcastTo(Shape.of(3)), "broadcast_to: shape [2, 3] does not broadcast to [3]");
    assertThat(x.broadcastTo(x.shape())).isSameAs(x);
  }

  @Test
  void arithmeticWithNumbers() {
    assertThat(x.add(1).value().toArray()).containsExactly(2, 3, 4, 5, 6, 7);
    assertThat(x.subtract(1).value().toArray()).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(x.multiply(2).value().toArray()).containsExactly(2, 4, 6, 8, 10, 12);
    assertThat(x.divide(2).value().toArray()).containsExactly(0.5f, 1, 1.5f, 2, 2.5f, 3);
    assertThat(x.pow(2).value().toArray()).containsExactly(1, 4, 9, 16, 25, 36);
    assertThat(x.maximum(3).value().toArray()).containsExactly(3, 3, 3, 4, 5, 6);
    assertThat(x.minimum(3).value().toArray()).containsExactly(1, 2, 3, 3, 3, 3);
  }

  @Test
  void conditions() {
    assertThat(x.equal(3).value().toArray()).containsExactly(0, 0, 1, 0, 0, 0);
    assertThat(x.notEqual(3).value().toArray()).containsExactly(1, 1, 0, 1, 1, 1);
    assertThat(x.less(3).value().toArray()).containsExactly(1, 1, 0, 0, 0, 0);
    assertThat(x.lessEqual(3).value().toArray()).containsExactly(1, 1, 1, 0, 0, 0);
    assertThat(x.greater(3).value().toArray()).containsExactly(0, 0, 0, 1, 1, 1);
    assertThat(x.greaterEqual(3).value().toArray()).containsExactly(0, 0, 1, 1, 1, 1);
    Variable row = tape.constant(Tensor.vector(1, 5, 3));
    assertThat(x.equal(row).value().toArray()).containsExactly(1, 0, 1, 0, 1, 0);
    assertThat(x.notEqual(row).value().toArray()).containsExactly(0, 1, 0, 1, 0, 1);
    assertThat(x.less(row).value().toArray()).containsExactly(0, 1, 0, 0, 0, 0);
    assertThat(x.lessEqual(row).value().toArray()).containsExactly(1, 1, 1, 0, 1, 0);
    assertThat(x.greater(row).value().toArray()).containsExactly(0, 0, 0, 1, 0, 1);
    assertThat(x.greaterEqual(row).value().toArray()).containsExactly(1, 0, 1, 1, 1, 1);
    assertThat(x.greater(3).select(x, tape.constant(0)).value().toArray())
        .containsExactly(0, 0, 0, 4, 5, 6);
  }

  @Test
  void reductionsDropTheirAxes() {
    assertThat(x.sum().shape()).isEqualTo(Shape.SCALAR);
    assertThat(x.sum(0).value()).matches(Tensor.vector(5, 7, 9)::sameElements);
    assertThat(x.sum(-1).value()).matches(Tensor.vector(6, 15)::sameElements);
    assertThat(x.sum(1, 0).value().item()).isEqualTo(21);
    assertThat(x.max(1).value()).matches(Tensor.vector(3, 6)::sameElements);
    assertThat(x.min(0).value()).matches(Tensor.vector(1, 2, 3)::sameElements);
    assertThat(x.argMax(1).value()).matches(Tensor.vector(2, 2)::sameElements);
    assertRefused(() -> x.sum(2), "sum: axis 2 is out of range for shape [2, 3], expected -2 to 1");
    assertRefused(() -> x.max(0, -2), "max: axis -2 of shape [2, 3] is named twice");
    assertRefused(
        () -> x.mean(-3), "mean: axis -3 is out of range for shape [2, 3], expected -2 to 1");
    assertRefused(
        () -> x.variance(2), "variance: axis 2 is out of range for shape [2, 3], expected -2 to 1");
    assertRefused(
        () -> x.argMax(2), "argmax: axis 2 is out of range for shape [2, 3], expected -2 to 1");
    assertRefused(
        () -> tape.constant(Tensor.zeros(3, 0)).argMax(1),
        "argmax: axis 1 of shape [3, 0] has no elements, expected at least one");
    assertRefused(
        () -> tape.constant(1).sum(0),
        "sum: axis 0 is out of range for shape [], expected no axis at all");
  }

  @Test
  void clipRefusesBoundsInTheWrongOrder() {
    assertRefused(() -> x.clip(2, 1), "clip: expected low <= high, was 2.0 and 1.0");
    assertRefused(() -> x.clip(Double.NaN, 1), "clip: expected low <= high, was NaN and 1.0");
  }

  @Test
  void reshape() {
    assertThat(x.reshape(3, 2).shape()).isEqualTo(Shape.of(3, 2));
    assertThat(x.reshape(Shape.of(2, 3))).isSameAs(x);
    assertRefused(() -> x.reshape(4, 2), "reshape: shape [2, 3] has 6 elements, [4, 2] has 8");
  }

  @Test
  void expand() {
    assertThat(x.expand(0).shape()).isEqualTo(Shape.of(1, 2, 3));
    assertThat(x.expand(1).shape()).isEqualTo(Shape.of(2, 1, 3));
    assertThat(x.expand(2).shape()).isEqualTo(Shape.of(2, 3, 1));
    assertThat(x.expand(-1).shape()).isEqualTo(Shape.of(2, 3, 1));
    assertThat(x.expand(-3).shape()).isEqualTo(Shape.of(1, 2, 3));
    assertThat(tape.constant(1).expand(0).shape()).isEqualTo(Shape.of(1));
    assertRefused(
        () -> x.expand(3), "expand: expected an axis from -3 to 2 for shape [2, 3], was 3");
  }

  @Test
  void transpose() {
    assertThat(x.transpose().value())
        .matches(Tensor.of(new float[] {1, 4, 2, 5, 3, 6}, 3, 2)::sameElements);
    assertThat(x.transpose(-1, 0).value()).matches(x.transpose().value()::sameElements);
    assertRefused(() -> x.transpose(0), "transpose: permutation [0] does not fit shape [2, 3]");
    assertRefused(
        () -> x.transpose(0, 0), "transpose: expected each axis from 0 to 1 once, was [0, 0]");
    assertRefused(
        () -> x.transpose(0, 2),
        "transpose: axis 2 is out of range for shape [2, 3], expected -2 to 1");
  }

  @Test
  void slice() {
    assertThat(x.slice(1, 1, 2).value().toArray()).containsExactly(2, 3, 5, 6);
    assertThat(x.slice(-2, 1, 1).value().toArray()).containsExactly(4, 5, 6);
    assertThat(x.slice(0, 2, 0).shape()).isEqualTo(Shape.of(0, 3));
    assertRefused(
        () -> x.slice(1, 2, 2),
        "slice: expected a box inside shape [2, 3], was starts [0, 2] and sizes [2, 2]");
    assertRefused(
        () -> x.slice(1, -1, 2),
        "slice: expected a box inside shape [2, 3], was starts [0, -1] and sizes [2, 2]");
    assertRefused(
        () -> x.slice(2, 0, 1), "slice: axis 2 is out of range for shape [2, 3], expected -2 to 1");
  }

  @Test
  void pad() {
    assertThat(x.pad(-1, 1, 0).value().toArray()).containsExactly(0, 1, 2, 3, 0, 4, 5, 6);
    assertRefused(
        () -> x.pad(0, 0, -1),
        "pad: expected counts of at least 0 for each axis of shape [2, 3], was before [0, 0] and"
            + " after [-1, 0]");
    assertRefused(
        () -> x.pad(5, 0, 1), "pad: axis 5 is out of range for shape [2, 3], expected -2 to 1");
    assertRefused(
        () -> x.pad(0, 0, Integer.MAX_VALUE),
        "pad: axis 0 of shape [2, 3] would have 2147483649 positions");
  }

  @Test
  void concatenate() {
    Variable row = tape.constant(Tensor.of(new float[] {7, 8, 9}, 1, 3));
    assertThat(Variable.concatenate(0, x, row).value().toArray())
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(Variable.concatenate(-1, x, x).value().toArray())
        .containsExactly(1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6);
    assertRefused(
        () -> Variable.concatenate(0), "concatenate: expected at least one operand, was none");
    assertRefused(
        () -> Variable.concatenate(1, x, row),
        "concatenate: shapes [[2, 3], [1, 3]] differ elsewhere than along axis 1");
    assertRefused(
        () -> Variable.concatenate(0, x, tape.constant(1)),
        "concatenate: shapes [[2, 3], []] differ elsewhere than along axis 0");
    assertRefused(
        () -> Variable.concatenate(2, x, x),
        "concatenate: axis 2 is out of range for shape [2, 3], expected -2 to 1");
  }

  @Test
  void rows() {
    Variable positions = tape.constant(Tensor.vector(1, 0, 1));
    assertThat(x.gatherRows(positions).value().toArray())
        .containsExactly(4, 5, 6, 1, 2, 3, 4, 5, 6);
    Variable updates = tape.constant(Tensor.vector(1, 10, 100));
    assertThat(updates.scatterAddRows(positions, 3).value().toArray()).containsExactly(10, 101, 0);
    assertRefused(
        () -> tape.constant(1).gatherRows(positions),
        "gather_rows: expected a table of rank 1 or more, was a scalar");
    for (float wrong : new float[] {2, -1, 0.5f, Float.NaN}) {
      assertRefused(
          () -> x.gatherRows(tape.constant(Tensor.vector(0, wrong))).value(),
          "gather_rows: position "
              + wrong
              + " (number 1) is not a row, expected an integer from 0 to 1");
    }
    assertRefused(
        () -> updates.scatterAddRows(tape.constant(Tensor.vector(1, 2)), 3),
        "scatter_add_rows: expected updates whose shape starts with that of the positions [2], was"
            + " [3]");
  }

  @Test
  void matmul() {
    assertThat(x.matmul(x, false, true).value().toArray()).containsExactly(14, 32, 32, 77);
    assertRefused(
        () -> x.matmul(x),
        "matmul: [2, 3] · [2, 3] do not fit: expected equal inner dimensions, was 3 and 2");
    assertRefused(
        () -> x.matmul(tape.constant(Tensor.vector(1, 2, 3))),
        "matmul: expected operands of rank 2 or more, was [2, 3] and [3]");
  }
}
