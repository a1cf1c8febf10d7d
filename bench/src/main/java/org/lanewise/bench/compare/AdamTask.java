package org.lanewise.bench.compare;

import java.util.ArrayList;
import java.util.List;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.program.Program;
import org.lanewise.nn.initializer.Initializer;
import org.lanewise.nn.layer.Parameter;
import org.lanewise.nn.optimizer.Hyperparameters;
import org.lanewise.nn.optimizer.Optimizer;
import org.lanewise.nn.optimizer.RecordedSlots;

/** Ours: one parameter's update as the optimizer records it, and nothing else. */
final class AdamTask implements Task {
  private static final double LEARNING_RATE = 0.001;

  private final Tensor parameter;
  private final Program program;

  AdamTask(AdamWork work) {
    Optimizer adam = Optimizer.adam(LEARNING_RATE);
    Shape shape = Shape.of(work.parameters());
    Parameter described = Parameter.trainable("parameter", shape, Initializer.constant(0));
    parameter = Tensor.zeros(shape);
    Tape tape = new Tape();
    Variable before = tape.input("parameter", parameter);
    Variable gradient = tape.input("gradient", Tensor.vector(work.gradient()));
    Variable rate = tape.input("rate", Tensor.scalar((float) LEARNING_RATE));
    RecordedSlots slots =
        new RecordedSlots(tape, adam, RecordedSlots.start(adam, List.of(described)));
    Variable after =
        adam.step(
            slots.of("parameter", shape),
            before,
            gradient,
            new Hyperparameters(rate, tape.constant(0), 1));
    List<Tape.Update> updates = new ArrayList<>(slots.updates());
    updates.addFirst(new Tape.Update(before, after));
    program = tape.program(List.of(), updates);
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
