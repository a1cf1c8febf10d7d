package org.lanewise.nn.layer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.operation.Draw;
import org.lanewise.engine.random.Distribution;
import org.lanewise.engine.random.RandomStream;
import org.lanewise.nn.Samples;
import org.lanewise.nn.regularizer.Constraint;
import org.lanewise.nn.regularizer.Regularizer;

/** A recording of one layer outside of any network, with parameters that a test chose. */
public final class LoneRecording implements Recording {
  private final Tape tape;
  private final Mode mode;
  private final Map<String, Variable> parameters;
  private final Map<String, Variable> updates;
  private final List<Variable> penalties;
  private final String prefix;
  private boolean frozen;

  private LoneRecording(LoneRecording outer, String layer) {
    tape = outer.tape;
    mode = outer.mode;
    parameters = outer.parameters;
    updates = outer.updates;
    penalties = outer.penalties;
    prefix = outer.prefix + layer + "/";
    frozen = outer.frozen;
  }

  /** The variables stand for the parameters of the layer, in their order. */
  public LoneRecording(Mode mode, Tape tape, List<Parameter> parameters, List<Variable> variables) {
    this.tape = tape;
    this.mode = mode;
    this.parameters = new LinkedHashMap<>();
    this.updates = new LinkedHashMap<>();
    this.penalties = new ArrayList<>();
    this.prefix = "";
    for (int i = 0; i < parameters.size(); i++) {
      this.parameters.put(parameters.get(i).name(), variables.get(i));
    }
  }

  /** The same recording of a layer that is frozen. */
  public LoneRecording freeze() {
    frozen = true;
    return this;
  }

  /** Ordinary values for the parameters of a layer; those of statistics are above 0. */
  public static List<Tensor> someParameters(Layer layer, Shape example, long seed) {
    return layer.parameters(example).stream()
        .map(
            parameter -> {
              long own = RandomStream.of(seed).child(parameter.name()).stream();
              int[] dimensions = parameter.shape().dimensions();
              return parameter.trainable()
                  ? Samples.normal(own, dimensions)
                  : Samples.uniform(0.5, 1.5, own, dimensions);
            })
        .toList();
  }

  @Override
  public Tape tape() {
    return tape;
  }

  @Override
  public Mode mode() {
    return mode;
  }

  @Override
  public boolean frozen() {
    return frozen;
  }

  @Override
  public boolean random() {
    return mode == Mode.TRAINING;
  }

  @Override
  public Variable draw(String name, Distribution distribution, Shape shape) {
    return tape.record(
        new Draw(distribution, RandomStream.of(9).child(name), shape),
        tape.constant(Tensor.zeros(Draw.COUNTER)));
  }

  @Override
  public Variable parameter(String name) {
    return find(prefix + name);
  }

  @Override
  public Variable parameterOf(String layer, String name) {
    return find(layer + "/" + name);
  }

  private Variable find(String fullName) {
    Variable variable = parameters.get(fullName);
    if (variable == null) {
      throw new IllegalArgumentException("there is no parameter " + fullName);
    }
    return variable;
  }

  @Override
  public Recording in(String layer) {
    return new LoneRecording(this, layer);
  }

  @Override
  public void update(String name, Variable value) {
    parameter(name);
    if (updates.put(prefix + name, value) != null) {
      throw new IllegalStateException(prefix + name + " is updated twice");
    }
  }

  @Override
  public void penalize(Variable penalty) {
    penalties.add(penalty);
  }

  @Override
  public void regularize(String name, Regularizer regularizer) {
    penalize(regularizer.penalty(parameter(name)));
  }

  @Override
  public void constrain(String name, Constraint constraint) {
    parameter(name);
  }

  List<Variable> penalties() {
    return penalties;
  }

  public Map<String, Variable> updates() {
    return updates;
  }
}
