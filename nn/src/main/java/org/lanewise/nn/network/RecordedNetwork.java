package org.lanewise.nn.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.nn.layer.Mode;
import org.lanewise.nn.layer.Parameter;
import org.lanewise.nn.layer.Recording;

/**
 * A network on a tape: its output, its parameters as variables, and the updates of its statistics.
 */
public final class RecordedNetwork {
  private final Tape tape;
  private final Mode mode;
  private final Map<String, Variable> parameters = new LinkedHashMap<>();
  private final Map<String, Variable> trainable = new LinkedHashMap<>();
  private final List<Tape.Update> updates = new ArrayList<>();
  private @Nullable Variable output;

  RecordedNetwork(Tape tape, Mode mode) {
    this.tape = tape;
    this.mode = mode;
  }

  void addParameter(Parameter parameter, Variable variable) {
    parameters.put(parameter.name(), variable);
    if (parameter.trainable()) {
      trainable.put(parameter.name(), variable);
    }
  }

  void setOutput(Variable recorded) {
    output = recorded;
  }

  /**
   * The output for the batch.
   *
   * @return [batch, output shape…]
   */
  public Variable output() {
    if (output == null) {
      throw new IllegalStateException("the network is not recorded yet");
    }
    return output;
  }

  /**
   * The trainable parameters by their full names.
   *
   * @return a read-only view, in the order of the layers
   */
  public Map<String, Variable> trainable() {
    return Collections.unmodifiableMap(trainable);
  }

  /**
   * The updates of statistics that a training step makes.
   *
   * @return the updates; none in inference
   */
  public List<Tape.Update> updates() {
    return List.copyOf(updates);
  }

  /** What one layer records with. */
  Recording scope(String layer) {
    return new Recording() {
      @Override
      public Tape tape() {
        return tape;
      }

      @Override
      public Mode mode() {
        return mode;
      }

      @Override
      public Variable parameter(String name) {
        Variable variable = parameters.get(layer + "/" + name);
        if (variable == null) {
          throw new IllegalArgumentException("there is no parameter " + name);
        }
        return variable;
      }

      @Override
      public void update(String name, Variable value) {
        updates.add(new Tape.Update(parameter(name), value));
      }
    };
  }
}
