package org.lanewise.nn.training;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.network.Parameters;
import org.lanewise.nn.optimizer.Slots;

/** What an optimizer remembers of one parameter, kept as {@code slot/parameter} in its state. */
final class RecordedSlots implements Slots {
  private final Tape tape;
  private final Parameters state;
  private final String parameter;
  private final Map<String, Variable> slots = new HashMap<>();
  private final Map<String, Tape.Update> updates = new LinkedHashMap<>();

  RecordedSlots(Tape tape, Parameters state, String parameter) {
    this.tape = tape;
    this.state = state;
    this.parameter = parameter;
  }

  @Override
  public Variable get(String name, Shape shape, double start) {
    return slots.computeIfAbsent(
        name,
        absent -> {
          String fullName = name + "/" + parameter;
          if (!state.contains(fullName)) {
            state.add(fullName, Tensor.full((float) start, shape));
          }
          return tape.input(fullName, state.get(fullName));
        });
  }

  @Override
  public void set(String name, Variable value) {
    Variable slot = slots.get(name);
    if (slot == null) {
      throw new IllegalArgumentException(
          "optimizer: the slot " + name + " is set before it was asked for");
    }
    updates.put(name, new Tape.Update(slot, value));
  }

  List<Tape.Update> updates() {
    return List.copyOf(updates.values());
  }
}
