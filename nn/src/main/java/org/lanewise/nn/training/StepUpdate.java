package org.lanewise.nn.training;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.lanewise.autodiff.Gradients;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.program.Program;
import org.lanewise.nn.clip.GradientClipping;
import org.lanewise.nn.clip.GradientNorm;
import org.lanewise.nn.layer.Parameter;
import org.lanewise.nn.network.RecordedNetwork;
import org.lanewise.nn.optimizer.Hyperparameters;
import org.lanewise.nn.optimizer.RecordedSlots;
import org.lanewise.nn.optimizer.Slots;

/**
 * The changes of a batch: to parameters, their averages, statistics and the optimizer's state, or,
 * if it is not the last of its step, statistics and the gathered gradients. Nothing but the latter
 * changes if the gradients are not finite.
 *
 * @param updates the inputs with their new values
 * @param gradients the gradients of this batch, by parameter
 * @param norm the joint norm of the gradients before clipping
 * @param finite whether these gradients are finite, and so are the squares of the clipped ones: 1
 *     or 0
 */
record StepUpdate(
    List<Tape.Update> updates, Map<String, Variable> gradients, Variable norm, Variable finite) {
  /** Elements up to here have finite squares. */
  private static final double SQUARED_SAFELY = 1e18;

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
    Gradients adjoints = loss.tape().gradients(loss, List.copyOf(trainable.values()));
    Map<String, Variable> gradients = mapped(trainable, (_, parameter) -> adjoints.of(parameter));
    List<Tape.Update> always = new ArrayList<>();
    Map<String, Variable> gathered =
        training.accumulation() == 1
            ? gradients
            : mapped(gradients, (name, own) -> gather(state, name, own, last, always));
    GradientNorm norm = joint(gathered);
    Map<String, Variable> clipped = clip(training.clipping(), trainable, gathered);
    Variable finite = norm.isFinite();
    if (!(training.clipping().bound() <= SQUARED_SAFELY)) {
      finite = finite.multiply(joint(clipped).squares().less(Double.POSITIVE_INFINITY));
    }
    List<Tape.Update> guarded = new ArrayList<>(recorded.updates().values());
    if (last) {
      guarded.addAll(step(training, state, recorded, clipped));
    }
    for (Tape.Update update : guarded) {
      always.add(new Tape.Update(update.input(), finite.select(update.value(), update.input())));
    }
    return new StepUpdate(always, gradients, norm.value(), finite);
  }

  private static Map<String, Variable> mapped(
      Map<String, Variable> some, BiFunction<String, Variable, Variable> value) {
    Map<String, Variable> mapped = new LinkedHashMap<>();
    some.forEach((name, variable) -> mapped.put(name, value.apply(name, variable)));
    return mapped;
  }

  private static GradientNorm joint(Map<String, Variable> gradients) {
    return GradientNorm.joint(List.copyOf(gradients.values())).orElseThrow();
  }

  /** The clipped gradients by parameter, of which anyone may have made the clipping. */
  private static Map<String, Variable> clip(
      GradientClipping clipping,
      Map<String, Variable> parameters,
      Map<String, Variable> gradients) {
    List<Variable> clipped =
        clipping.clip(List.copyOf(parameters.values()), List.copyOf(gradients.values()));
    List<Shape> shapes = gradients.values().stream().map(Variable::shape).toList();
    List<Shape> given = clipped.stream().map(Variable::shape).toList();
    if (!given.equals(shapes)) {
      throw new IllegalArgumentException(
          "training: expected clipped gradients of the shapes "
              + shapes
              + ", was "
              + given
              + " of "
              + clipping);
    }
    Iterator<Variable> next = clipped.iterator();
    return mapped(gradients, (_, _) -> next.next());
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
      Training training,
      TrainingState state,
      RecordedNetwork recorded,
      Map<String, Variable> gradients) {
    Tape tape = recorded.outputs().getFirst().tape();
    Variable rate = tape.input("learning_rate", state.learningRate());
    Variable momentum = tape.input("momentum", state.momentum());
    RecordedSlots slots = new RecordedSlots(tape, training.optimizer(), state.optimizer());
    Map<String, Parameter> described =
        training.network().parameters().stream()
            .collect(Collectors.toMap(Parameter::name, parameter -> parameter));
    List<Tape.Update> updates = new ArrayList<>();
    for (Map.Entry<String, Variable> entry : recorded.trainable().entrySet()) {
      String name = entry.getKey();
      Variable parameter = entry.getValue();
      Variable gradient = Objects.requireNonNull(gradients.get(name));
      ParameterGroup factors = training.factors(Objects.requireNonNull(described.get(name)));
      Variable ownRate = factors.rateFactor() == 1 ? rate : rate.multiply(factors.rateFactor());
      Hyperparameters numbers = new Hyperparameters(ownRate, momentum, factors.decayFactor());
      Slots own = slots.of(name, parameter.shape());
      Variable stepped = training.optimizer().step(own, parameter, gradient, numbers);
      Variable next = recorded.constrain(name, stepped);
      updates.add(new Tape.Update(parameter, next));
      if (training.averaging().isPresent()) {
        updates.add(average(state, name, next));
      }
    }
    if (training.averaging().isPresent()) {
      recorded
          .updates()
          .forEach((name, statistic) -> updates.add(average(state, name, statistic.value())));
    }
    updates.addAll(slots.updates());
    return updates;
  }

  /** Moves an average by the difference, so that one of what stays the same stays too. */
  private static Tape.Update average(TrainingState state, String name, Variable next) {
    Variable average = next.tape().input("average/" + name, state.average().get(name));
    Variable share = next.tape().input("average_share", state.averageShare());
    return new Tape.Update(average, average.add(next.subtract(average).multiply(share)));
  }

  /** Computes the gradients once more, of a batch that changed nothing, and says what is wrong. */
  NonFiniteGradientException failure(long step) {
    List<Variable> values = List.copyOf(gradients.values());
    Program program = norm.tape().program(values, List.of());
    program.run();
    for (Map.Entry<String, Variable> entry : gradients.entrySet()) {
      Tensor gradient = program.value(entry.getValue().node());
      for (int i = 0; i < gradient.size(); i++) {
        float element = gradient.storage()[gradient.offset() + i];
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
    return failure("the gradients are finite, but so large that their squares are not", step);
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
