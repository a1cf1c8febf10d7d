package org.lanewise.nn.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.nn.layer.Mode;
import org.lanewise.nn.layer.Parameter;
import org.lanewise.nn.layer.Recording;

/** Gathers what layers put on a tape: parameters by their full names, and updates of statistics. */
final class NetworkRecorder {
  private final Tape tape;
  private final Mode mode;
  private final Frozen frozen;
  private final Map<String, Variable> parameters = new LinkedHashMap<>();
  private final Map<String, Variable> trainable = new LinkedHashMap<>();
  private final List<Tape.Update> updates = new ArrayList<>();

  NetworkRecorder(Tape tape, Mode mode, Frozen frozen) {
    this.tape = tape;
    this.mode = mode;
    this.frozen = frozen;
  }

  void add(Parameter parameter, Variable variable) {
    parameters.put(parameter.name(), variable);
    if (parameter.trainable()) {
      trainable.put(parameter.name(), variable);
    }
  }

  RecordedNetwork finish(Variable output) {
    return new RecordedNetwork(
        output, Collections.unmodifiableMap(trainable), List.copyOf(updates));
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
      public boolean frozen() {
        return frozen.contains(layer);
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
        Variable statistic = parameter(name);
        if (!frozen.contains(layer + "/" + name)) {
          updates.add(new Tape.Update(statistic, value));
        }
      }
    };
  }
}
