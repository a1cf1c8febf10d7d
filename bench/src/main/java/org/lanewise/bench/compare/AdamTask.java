package org.lanewise.bench.compare;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.program.Program;
import org.lanewise.nn.optimizer.Hyperparameters;
import org.lanewise.nn.optimizer.Optimizer;
import org.lanewise.nn.optimizer.Slots;

/** Ours: one parameter's update as the optimizer records it, and nothing else. */
final class AdamTask implements Task, Slots {
  private static final double LEARNING_RATE = 0.001;

  private final Tape tape = new Tape();
  private final Map<String, Variable> slots = new LinkedHashMap<>();
  private final Map<String, Variable> next = new LinkedHashMap<>();
  private final Tensor parameter;
  private final Program program;

  AdamTask(AdamWork work) {
    parameter = Tensor.zeros(work.parameters());
    Variable before = tape.input("parameter", parameter);
    Variable gradient = tape.input("gradient", Tensor.vector(work.gradient()));
    Variable rate = tape.input("rate", Tensor.scalar((float) LEARNING_RATE));
    Variable after =
        Optimizer.adam(LEARNING_RATE)
            .step(this, before, gradient, new Hyperparameters(rate, tape.constant(0), 1));
    Stream<Tape.Update> remembered =
        next.entrySet().stream()
            .map(
                entry ->
                    new Tape.Update(
                        Objects.requireNonNull(slots.get(entry.getKey())), entry.getValue()));
    List<Tape.Update> updates =
        Stream.concat(Stream.of(new Tape.Update(before, after)), remembered).toList();
    program = tape.program(List.of(), updates);
  }

  @Override
  public Variable get(String name, Shape shape, double start) {
    return slots.computeIfAbsent(name, slot -> tape.input(slot, Tensor.full((float) start, shape)));
  }

  @Override
  public void set(String name, Variable value) {
    next.put(name, value);
  }

  @Override
  public Variable shared(String name, double start, UnaryOperator<Variable> step) {
    return next.computeIfAbsent(name, slot -> step.apply(get(slot, Shape.SCALAR, start)));
  }

  @Override
  public void run() {
    program.run();
  }

  @Override
  public float[] results() {
    program.run();
    return parameter.toArray();
  }
}
