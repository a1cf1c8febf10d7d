package org.lanewise.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lanewise.autodiff.Tape.Update;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.program.Program;

class TapeTest {
  private final Tape tape = new Tape();

  @Test
  void keepsValuesOnceComputed() {
    Tensor storage = Tensor.vector(1, 2);
    Variable x = tape.input("x", storage);
    Variable y = x.square();
    assertThat(y.value()).isSameAs(y.value());
    assertThat(y.value().toArray()).containsExactly(1, 4);
    storage.array()[0] = 5;
    assertThat(y.value().toArray()).containsExactly(1, 4);
  }

  @Test
  void descendsByItsProgram() {
    // Gradient descent on (x − 3)², recorded once.
    Tensor storage = Tensor.scalar(0);
    Variable x = tape.input("x", storage);
    Variable loss = x.subtract(3).square();
    Variable step = x.subtract(tape.gradients(loss, x).of(x).multiply(0.25));
    Program program = tape.program(List.of(loss), List.of(new Update(x, step)));
    program.run();
    assertThat(program.value(loss.node()).item()).isEqualTo(9);
    assertThat(storage.item()).isEqualTo(1.5f);
    program.run();
    assertThat(program.value(loss.node()).item()).isEqualTo(2.25f);
    assertThat(storage.item()).isEqualTo(2.25f);
  }

  @Test
  void programsRefuseWhatDoesNotFit() {
    Variable x = tape.input("x", Tensor.scalar(0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tape.program(List.of(), List.of()))
        .withMessage("program: expected a result or an assignment, was none");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tape.program(List.of(), List.of(new Update(x.exp(), x))))
        .withMessageContaining("expected an input to assign to, was %1 = exp(%0) []");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tape.program(List.of(x, new Tape().constant(1)), List.of()))
        .withMessageContaining("was recorded on another tape");
  }
}
