package org.lanewise.nn.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.random.Distribution;
import org.lanewise.nn.layer.Mode;
import org.lanewise.nn.layer.Parameter;
import org.lanewise.nn.layer.Recording;
import org.lanewise.nn.regularizer.Constraint;
import org.lanewise.nn.regularizer.Regularizer;

/**
 * Gathers the variables that layers put on a tape: parameters by their full names, and updates of
 * statistics.
 */
final class NetworkRecorder {
  private final Tape tape;
  private final Mode mode;
  private final Frozen frozen;
  private final Optional<Draws> draws;
  private final Map<String, Variable> parameters = new LinkedHashMap<>();
  private final Map<String, Variable> trainable = new LinkedHashMap<>();
  private final List<Variable> penalties = new ArrayList<>();
  private final Map<String, Set<Regularizer>> regularized = new HashMap<>();
  private final Map<String, Constraint> constraints = new LinkedHashMap<>();
  private final Map<String, Variable> updated = new LinkedHashMap<>();
  private final Set<String> lent = new HashSet<>();

  NetworkRecorder(Tape tape, Mode mode, Frozen frozen, Optional<Draws> draws) {
    this.tape = tape;
    this.mode = mode;
    this.frozen = frozen;
    this.draws = draws;
  }

  void add(Parameter parameter, Variable variable) {
    parameters.put(parameter.name(), variable);
    if (parameter.trainable()) {
      trainable.put(parameter.name(), variable);
    }
  }

  /** Records a network on batches that fit it. */
  RecordedNetwork record(
      Network network, Parameters given, List<Variable> inputs, ParameterLeaf leaf) {
    int batch = inputs.get(0).shape().dimension(0);
    network.requireFit(given);
    for (Parameter parameter : network.parameters()) {
      Tensor tensor = given.get(parameter.name());
      add(parameter, leaf.of(tape, parameter.name(), tensor));
    }
    return finish(network.structure().follow(inputs, (node, from) -> record(node, from, batch)));
  }

  private Variable record(LayerNode node, List<Variable> from, int batch) {
    Variable y;
    try {
      y = node.merge().record(scope(node.name()), from);
    } catch (IllegalArgumentException e) {
      throw node.misfit(e);
    }
    Shape promised = Network.batched(batch, node.output());
    if (!y.shape().equals(promised)) {
      throw new IllegalArgumentException(
          "layer "
              + node.name()
              + ": expected to record the shape "
              + promised
              + " that it promises, was "
              + y.shape());
    }
    return y;
  }

  RecordedNetwork finish(List<Variable> outputs) {
    Map<String, Tape.Update> updates = new LinkedHashMap<>();
    updated.forEach((name, value) -> updates.put(name, new Tape.Update(parameter(name), value)));
    return new RecordedNetwork(
        outputs,
        Collections.unmodifiableMap(trainable),
        Collections.unmodifiableMap(updates),
        List.copyOf(penalties),
        Map.copyOf(constraints));
  }

  /** The parameters that layers asked for which are not their own. */
  Set<String> lent() {
    return lent;
  }

  private Variable parameter(String fullName) {
    Variable variable = parameters.get(fullName);
    if (variable == null) {
      throw new IllegalArgumentException("there is no parameter " + fullName);
    }
    return variable;
  }

  /** The recording of one layer in one place. */
  Recording scope(String layer) {
    // A shared layer goes on from the statistics that its place before has updated.
    Map<String, Variable> before = Map.copyOf(updated);
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
      public boolean random() {
        return mode == Mode.TRAINING || draws.isPresent();
      }

      @Override
      public Variable draw(String name, Distribution distribution, Shape shape) {
        return draws
            .orElseThrow(() -> new IllegalArgumentException("expected draws to record with"))
            .draw(layer + "/" + name, distribution, shape);
      }

      @Override
      public boolean frozen() {
        List<String> own =
            parameters.keySet().stream().filter(name -> Frozen.covers(layer, name)).toList();
        return frozen.contains(layer)
            || (!own.isEmpty() && own.stream().allMatch(frozen::contains));
      }

      @Override
      public Variable parameter(String name) {
        return parameterAt(layer + "/" + name);
      }

      @Override
      public Variable parameterOf(String other, String name) {
        lent.add(other + "/" + name);
        return parameterAt(other + "/" + name);
      }

      private Variable parameterAt(String fullName) {
        Variable start = NetworkRecorder.this.parameter(fullName);
        return before.getOrDefault(fullName, start);
      }

      @Override
      public Recording in(String inner) {
        return scope(layer + "/" + inner);
      }

      @Override
      public void update(String name, Variable value) {
        parameter(name);
        if (!frozen.contains(layer + "/" + name)) {
          updated.put(layer + "/" + name, value);
        }
      }

      @Override
      public void penalize(Variable penalty) {
        if (mode == Mode.TRAINING) {
          penalties.add(penalty);
        }
      }

      @Override
      public void regularize(String name, Regularizer regularizer) {
        Variable w = parameter(name);
        String fullName = layer + "/" + name;
        if (trainable.containsKey(fullName)
            && regularized.computeIfAbsent(fullName, _ -> new HashSet<>()).add(regularizer)) {
          penalize(regularizer.penalty(w));
        }
      }

      @Override
      public void constrain(String name, Constraint constraint) {
        parameter(name);
        Constraint other = constraints.putIfAbsent(layer + "/" + name, constraint);
        if (other != null && !other.equals(constraint)) {
          throw new IllegalArgumentException("expected one constraint on " + name + ", was two");
        }
      }
    };
  }
}
