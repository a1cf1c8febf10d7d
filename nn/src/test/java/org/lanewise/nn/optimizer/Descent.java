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

/** An optimizer that moves one parameter along gradients that it is given. */
final class Descent implements Slots {
  private final Tape tape = new Tape();
  private final Tensor parameter;
  private final Tensor gradient;
  private final Tensor rate;
  private final Tensor momentum;
  private final Map<String, Variable> slots = new LinkedHashMap<>();
  private final List<Tape.Update> updates = new ArrayList<>();
  private final Program program;

  Descent(Optimizer optimizer, Tensor start) {
    this(optimizer, start, 1);
  }

  Descent(Optimizer optimizer, Tensor start, double decayFactor) {
    parameter = start.copy();
    gradient = Tensor.zeros(start.shape());
    rate = Tensor.scalar((float) optimizer.learningRate());
    momentum = Tensor.scalar((float) optimizer.momentum());
    Variable x = tape.input("parameter", parameter);
    Hyperparameters hyperparameters =
        new Hyperparameters(
            tape.input("rate", rate), tape.input("momentum", momentum), decayFactor);
    Variable next = optimizer.step(this, x, tape.input("gradient", gradient), hyperparameters);
    updates.add(new Tape.Update(x, next));
    program = tape.program(List.of(), updates);
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

  @Override
  public Variable shared(String name, double start, UnaryOperator<Variable> next) {
    Variable value = next.apply(get(name, Shape.SCALAR, start));
    set(name, value);
    return value;
  }

  void step(float... along) {
    System.arraycopy(along, 0, gradient.array(), 0, along.length);
    program.run();
  }

  void schedule(double nextRate, double nextMomentum) {
    rate.array()[0] = (float) nextRate;
    momentum.array()[0] = (float) nextMomentum;
  }

  float[] parameter() {
    return parameter.array();
  }

  Map<String, Variable> slots() {
    return slots;
  }
}
