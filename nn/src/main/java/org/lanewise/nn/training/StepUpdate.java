package org.lanewise.nn.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.program.Program;
import org.lanewise.nn.clip.Clipped;
import org.lanewise.nn.layer.Parameter;
import org.lanewise.nn.network.RecordedNetwork;
import org.lanewise.nn.optimizer.Hyperparameters;

/**
 * The changes of a batch: to parameters, their averages, statistics and the optimizer's state, or,
 * if it is not the last of its step, statistics and the gathered gradients. Nothing but the latter
 * changes if the norm of the gradients is not finite.
 *
 * @param updates the inputs with their new values
 * @param gradients the gradients of this batch, by parameter
 * @param norm the joint norm of the gradients before clipping
 */
record StepUpdate(List<Tape.Update> updates, Map<String, Variable> gradients, Variable norm) {

  static StepUpdate record(
      Training training,
      TrainingState state,
      boolean last,
      RecordedNetwork recorded,
      Variable loss) {
    Map<String, Variable> trainable = recorded.trainable();
    if (trainable.isEmpty()) {
      throw new IllegalArgumentException(
          "training: expected a parameter to train, all of the network's are frozen");
    }
    Tape tape = loss.tape();
    List<Variable> learned = List.copyOf(trainable.values());
    List<Variable> own = tape.gradients(loss, learned).all();
    Map<String, Variable> gradients = new LinkedHashMap<>();
    List<Tape.Update> always = new ArrayList<>();
    List<Variable> gathered = new ArrayList<>();
    int i = 0;
    for (String name : trainable.keySet()) {
      gradients.put(name, own.get(i));
      gathered.add(
          training.accumulation() == 1
              ? own.get(i)
              : gather(state, name, own.get(i), last, always));
      i++;
    }
    Clipped clipped = training.clipping().clip(learned, gathered);
    List<Tape.Update> guarded = new ArrayList<>(recorded.updates());
    if (last) {
      guarded.addAll(step(training, state, recorded, clipped.gradients()));
    }
    Variable norm = clipped.norm().orElseThrow();
    Variable finite = norm.less(Double.POSITIVE_INFINITY);
    for (Tape.Update update : guarded) {
      always.add(new Tape.Update(update.input(), finite.select(update.value(), update.input())));
    }
    return new StepUpdate(always, gradients, norm);
  }

  /** Adds this batch's share to the gradient of the step; after the last one it starts at 0. */
  private static Variable gather(
      TrainingState state,
      String name,
      Variable gradient,
      boolean last,
      List<Tape.Update> updates) {
    Tape tape = gradient.tape();
    Variable before = tape.input("gathered/" + name, state.gathered().get(name));
    Variable sum = before.add(gradient.multiply(tape.input("share", state.share())));
    Variable next = last ? tape.constant(0).broadcastTo(sum.shape()) : sum;
    updates.add(new Tape.Update(before, next));
    return sum;
  }

  private static List<Tape.Update> step(
      Training training, TrainingState state, RecordedNetwork recorded, List<Variable> gradients) {
    Tape tape = gradients.getFirst().tape();
    Variable rate = tape.input("learning_rate", state.learningRate());
    Variable momentum = tape.input("momentum", state.momentum());
    RecordedSlots slots = new RecordedSlots(tape, state.optimizer());
    Map<String, Parameter> described =
        training.network().parameters().stream()
            .collect(Collectors.toMap(Parameter::name, parameter -> parameter));
    List<Tape.Update> updates = new ArrayList<>();
    int i = 0;
    for (Map.Entry<String, Variable> entry : recorded.trainable().entrySet()) {
      String name = entry.getKey();
      Variable parameter = entry.getValue();
      ParameterGroup factors = training.factors(Objects.requireNonNull(described.get(name)));
      Variable own = factors.rateFactor() == 1 ? rate : rate.multiply(factors.rateFactor());
      Hyperparameters numbers = new Hyperparameters(own, momentum, factors.decayFactor());
      Variable stepped =
          training.optimizer().step(slots.of(name), parameter, gradients.get(i++), numbers);
      Variable next = recorded.constrain(name, stepped);
      updates.add(new Tape.Update(parameter, next));
      if (training.averaging().isPresent()) {
        Variable average = tape.input("average/" + name, state.average().get(name));
        Variable share = tape.input("average_share", state.averageShare());
        // By the difference, so that an average of what stays the same stays too.
        Variable moved = average.add(next.subtract(average).multiply(share));
        updates.add(new Tape.Update(average, moved));
      }
    }
    updates.addAll(slots.updates());
    return updates;
  }

  /** Computes the gradients once more, of a batch that changed nothing, and says what is wrong. */
  NonFiniteGradientException failure(long step) {
    List<Variable> values = List.copyOf(gradients.values());
    Program program = norm.tape().program(values, List.of());
    program.run();
    for (Map.Entry<String, Variable> entry : gradients.entrySet()) {
      Tensor gradient = program.value(entry.getValue().node());
      for (int i = 0; i < gradient.size(); i++) {
        float element = gradient.array()[gradient.offset() + i];
        if (!Float.isFinite(element)) {
          return failure(
              "the gradient of "
                  + entry.getKey()
                  + " is not finite, its element "
                  + i
                  + " of "
                  + gradient.shape()
                  + " is "
                  + element,
              step);
        }
      }
    }
    return failure("the gradients are finite, but so large that their norm is not", step);
  }

  private static NonFiniteGradientException failure(String what, long step) {
    return new NonFiniteGradientException(
        "training: "
            + what
            + ", at step "
            + step
            + ", which changed nothing; onNonFinite(SKIP) goes on with the next batch");
  }
}
