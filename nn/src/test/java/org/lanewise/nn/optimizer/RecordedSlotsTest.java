package org.lanewise.nn.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.initializer.Initializer;
import org.lanewise.nn.layer.Parameter;
import org.lanewise.nn.network.Parameters;

/** The memory of an optimizer is what it declares, and nothing else. */
final class RecordedSlotsTest {
  /** Declares some slots; what it does with them is the test's. */
  private record Declared(List<Slot> slots) implements Optimizer {
    @Override
    public double learningRate() {
      return 1;
    }

    @Override
    public List<Slot> slots(Shape parameter) {
      return slots;
    }

    @Override
    public Variable step(
        Slots memory, Variable parameter, Variable gradient, Hyperparameters hyperparameters) {
      return parameter;
    }

    @Override
    public String toString() {
      return "own";
    }
  }

  private static final Optimizer OWN =
      new Declared(
          List.of(new Slot("m", Shape.of(2), 3, false), new Slot("t", Shape.SCALAR, 1, true)));

  private static Parameters start(Optimizer optimizer) {
    return RecordedSlots.start(
        optimizer,
        List.of(
            Parameter.trainable("a", Shape.of(2), Initializer.constant(0)),
            Parameter.trainable("b", Shape.of(2), Initializer.constant(0))));
  }

  @Test
  void keepsOneTensorOfEachParameterAndOneOfAll() {
    Parameters state = start(OWN);
    assertThat(state.names()).containsExactly("m/a", "t", "m/b");
    Tape tape = new Tape();
    RecordedSlots slots = new RecordedSlots(tape, OWN, state);
    for (String name : List.of("a", "b")) {
      Slots own = slots.of(name, Shape.of(2));
      Variable t = own.shared("t", before -> before.add(1));
      own.set("m", own.get("m").multiply(t));
    }
    tape.program(List.of(), slots.updates()).run();
    assertThat(state.get("t").item()).isEqualTo(2);
    assertThat(state.get("m/a").toArray()).containsExactly(6, 6);
    assertThat(state.get("m/b").toArray()).containsExactly(6, 6);
  }

  @Test
  void refusesSlotsThatAreNotDeclared() {
    Tape tape = new Tape();
    Slots slots = new RecordedSlots(tape, OWN, start(OWN)).of("a", Shape.of(2));
    Variable value = tape.input("value", Tensor.zeros(2));
    String each = "optimizer: expected a declared slot of each parameter, one of [m], ";
    assertThatIllegalArgumentException()
        .isThrownBy(() -> slots.get("v"))
        .withMessage(each + "was v of own");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> slots.set("v", value))
        .withMessage(each + "was v of own");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> slots.get("t"))
        .withMessage(each + "was t of own");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> slots.shared("m", before -> before))
        .withMessage(
            "optimizer: expected a declared slot of all parameters together, one of [t], was m"
                + " of own");
  }

  @Test
  void refusesDeclarationsThatAreNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> start(new Declared(List.of(Slot.of("m", Shape.of(2)), Slot.shared("m")))))
        .withMessage("optimizer: expected slots of different names, was m twice of own");
    for (String name : List.of("", " ", "m/a")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Slot.shared(name))
          .withMessage("slot: expected a name without slashes, was \"" + name + "\"");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Slot("t", Shape.of(2), 0, true))
        .withMessage("slot: expected a scalar of what all parameters share, was t [2]");
  }
}
