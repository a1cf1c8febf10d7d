package org.lanewise.nn.optimizer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.program.Program;

/** An optimizer that follows the gradient of one function of one parameter. */
final class Descent implements Slots {
  private final Tape tape = new Tape();
  private final Tensor parameter;
  private final Tensor rate;
  private final Map<String, Variable> slots = new LinkedHashMap<>();
  private final List<Tape.Update> updates = new ArrayList<>();
  private final Program program;

  Descent(Optimizer optimizer, Tensor start, UnaryOperator<Variable> function) {
    parameter = start.copy();
    rate = Tensor.scalar((float) optimizer.learningRate());
    Variable x = tape.input("parameter", parameter);
    Variable y = function.apply(x);
    Variable gradient = tape.gradients(y, x).of(x);
    updates.add(new Tape.Update(x, optimizer.step(this, x, gradient, tape.input("rate", rate))));
    program = tape.program(List.of(y), updates);
  }

  @Override
  public Variable get(String name, Shape shape, double start) {
    return slots.computeIfAbsent(
        name, absent -> tape.input(absent, Tensor.full((float) start, shape)));
  }

  @Override
  public void set(String name, Variable value) {
    Variable slot = slots.get(name);
    if (slot == null) {
      throw new IllegalArgumentException("the slot " + name + " was not asked for");
    }
    updates.add(new Tape.Update(slot, value));
  }

  void step() {
    program.run();
  }

  void learningRate(double next) {
    rate.array()[0] = (float) next;
  }

  float[] parameter() {
    return parameter.array();
  }

  Map<String, Variable> slots() {
    return slots;
  }
}
