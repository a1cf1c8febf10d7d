package org.lanewise.nn.optimizer;

import java.util.ArrayList;
import java.util.List;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.program.Program;
import org.lanewise.nn.initializer.Initializer;
import org.lanewise.nn.layer.Parameter;
import org.lanewise.nn.network.Parameters;

/** An optimizer that moves one parameter along gradients that it is given. */
final class Descent {
  private final Tensor parameter;
  private final Tensor gradient;
  private final Tensor rate;
  private final Tensor momentum;
  private final Parameters state;
  private final Program program;

  Descent(Optimizer optimizer, Tensor start) {
    this(optimizer, start, 1);
  }

  Descent(Optimizer optimizer, Tensor start, double decayFactor) {
    parameter = start.copy();
    gradient = Tensor.zeros(start.shape());
    rate = Tensor.scalar((float) optimizer.learningRate());
    momentum = Tensor.scalar((float) optimizer.momentum());
    state =
        RecordedSlots.start(
            optimizer,
            List.of(Parameter.trainable("parameter", start.shape(), Initializer.constant(0))));
    Tape tape = new Tape();
    Variable x = tape.input("parameter", parameter);
    Hyperparameters hyperparameters =
        new Hyperparameters(
            tape.input("rate", rate), tape.input("momentum", momentum), decayFactor);
    RecordedSlots slots = new RecordedSlots(tape, optimizer, state);
    Variable next =
        optimizer.step(
            slots.of("parameter", start.shape()),
            x,
            tape.input("gradient", gradient),
            hyperparameters);
    List<Tape.Update> updates = new ArrayList<>(slots.updates());
    updates.add(new Tape.Update(x, next));
    program = tape.program(List.of(), updates);
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

  Parameters state() {
    return state;
  }
}
