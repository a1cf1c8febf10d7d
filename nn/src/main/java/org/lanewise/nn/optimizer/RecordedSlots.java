package org.lanewise.nn.optimizer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.layer.Parameter;
import org.lanewise.nn.network.Parameters;

/**
 * The memory of an optimizer on the tape of a step that it records. A slot is kept as {@code
 * slot/parameter}, or under its own name if all parameters share it.
 *
 * <p>Training records its steps with one; it is public for those who record a step by themselves.
 */
public final class RecordedSlots {
  private final Tape tape;
  private final Optimizer optimizer;
  private final Parameters state;
  private final Map<String, Variable> inputs = new HashMap<>();
  private final Map<String, Variable> values = new LinkedHashMap<>();

  /**
   * The memory on a tape, not yet asked for.
   *
   * @param tape the tape of the step
   * @param optimizer the optimizer that records the step
   * @param state the tensors that {@link #start} gave for it, which become inputs of the tape
   */
  public RecordedSlots(Tape tape, Optimizer optimizer, Parameters state) {
    this.tape = tape;
    this.optimizer = optimizer;
    this.state = state;
  }

  /**
   * What an optimizer remembers before its first step.
   *
   * @param optimizer the optimizer
   * @param parameters the parameters that it is to move
   * @return a tensor for each slot, in the order of declaration
   * @throws IllegalArgumentException if the optimizer declares two slots of the same name
   */
  public static Parameters start(Optimizer optimizer, List<Parameter> parameters) {
    Parameters state = new Parameters();
    for (Parameter parameter : parameters) {
      for (Slot slot : declared(optimizer, parameter.shape()).values()) {
        String key = key(slot, parameter.name());
        if (!slot.shared() || !state.contains(key)) {
          state.add(key, Tensor.full((float) slot.start(), slot.shape()));
        }
      }
    }
    return state;
  }

  private static Map<String, Slot> declared(Optimizer optimizer, Shape parameter) {
    Map<String, Slot> declared = new LinkedHashMap<>();
    for (Slot slot : optimizer.slots(parameter)) {
      if (declared.put(slot.name(), slot) != null) {
        throw new IllegalArgumentException(
            "optimizer: expected slots of different names, was "
                + slot.name()
                + " twice of "
                + optimizer);
      }
    }
    return declared;
  }

  private static String key(Slot slot, String parameter) {
    return slot.shared() ? slot.name() : slot.name() + "/" + parameter;
  }

  /**
   * The slots of one parameter.
   *
   * @param parameter the name of the parameter
   * @param shape its shape
   * @return its slots
   */
  public Slots of(String parameter, Shape shape) {
    Map<String, Slot> declared = declared(optimizer, shape);
    return new Slots() {
      @Override
      public Variable get(String name) {
        return input(find(name, false));
      }

      @Override
      public void set(String name, Variable value) {
        values.put(find(name, false), value);
      }

      @Override
      public Variable shared(String name, UnaryOperator<Variable> next) {
        return values.computeIfAbsent(find(name, true), key -> next.apply(input(key)));
      }

      private String find(String name, boolean shared) {
        Slot slot = declared.get(name);
        if (slot == null || slot.shared() != shared) {
          throw new IllegalArgumentException(
              "optimizer: expected a declared slot of "
                  + (shared ? "all parameters together" : "each parameter")
                  + ", one of "
                  + declared.values().stream()
                      .filter(some -> some.shared() == shared)
                      .map(Slot::name)
                      .toList()
                  + ", was "
                  + name
                  + " of "
                  + optimizer);
        }
        return key(slot, parameter);
      }
    };
  }

  private Variable input(String key) {
    return inputs.computeIfAbsent(key, absent -> tape.input(absent, state.get(absent)));
  }

  /**
   * What the steps recorded so far remember.
   *
   * @return the inputs of the slots with their new values
   */
  public List<Tape.Update> updates() {
    List<Tape.Update> updates = new ArrayList<>();
    values.forEach((key, value) -> updates.add(new Tape.Update(input(key), value)));
    return updates;
  }
}
