package org.lanewise.nn.training;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.network.Parameters;
import org.lanewise.nn.optimizer.Slots;

/**
 * The memory of an optimizer on the tape of a step: kept as {@code slot/parameter} in its state, or
 * under its own name if all parameters share it.
 */
final class RecordedSlots {
  private final Tape tape;
  private final Parameters state;
  private final Map<String, Variable> slots = new HashMap<>();
  private final Map<String, Variable> values = new LinkedHashMap<>();

  RecordedSlots(Tape tape, Parameters state) {
    this.tape = tape;
    this.state = state;
  }

  /** The slots of one parameter. */
  Slots of(String parameter) {
    return new Slots() {
      @Override
      public Variable get(String name, Shape shape, double start) {
        return slot(name + "/" + parameter, shape, start);
      }

      @Override
      public void set(String name, Variable value) {
        String slot = name + "/" + parameter;
        if (!slots.containsKey(slot)) {
          throw new IllegalArgumentException(
              "optimizer: the slot " + name + " is set before it was asked for");
        }
        values.put(slot, value);
      }

      @Override
      public Variable shared(String name, double start, UnaryOperator<Variable> next) {
        return values.computeIfAbsent(name, absent -> next.apply(slot(name, Shape.SCALAR, start)));
      }
    };
  }

  private Variable slot(String name, Shape shape, double start) {
    return slots.computeIfAbsent(
        name,
        absent -> {
          if (!state.contains(name)) {
            state.add(name, Tensor.full((float) start, shape));
          }
          return tape.input(name, state.get(name));
        });
  }

  List<Tape.Update> updates() {
    List<Tape.Update> updates = new ArrayList<>();
    values.forEach(
        (name, value) ->
            updates.add(new Tape.Update(Objects.requireNonNull(slots.get(name)), value)));
    return updates;
  }
}
