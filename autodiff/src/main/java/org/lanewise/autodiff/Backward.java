package org.lanewise.autodiff;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.lanewise.engine.program.Node;

/** One sweep back over a tape: from a scalar to the variables it depends on. */
final class Backward {
  private final Tape tape;
  private final List<Variable> variables;
  private final List<Node> path;
  private final Set<Node> active = new HashSet<>();
  private final Map<Node, Variable> adjoints = new HashMap<>();

  Backward(Tape tape, Variable scalar, List<Variable> variables) {
    if (scalar.shape().size() != 1) {
      throw new IllegalArgumentException(
          "gradients: expected a scalar to differentiate, was shape " + scalar.shape());
    }
    requireOwn(tape, scalar);
    variables.forEach(variable -> requireOwn(tape, variable));
    this.tape = tape;
    this.variables = variables;
    this.path = tape.graph().dependencies(List.of(scalar.node()));
    variables.forEach(variable -> active.add(variable.node()));
    for (Node node : path) {
      if (node.operands().stream().anyMatch(active::contains)) {
        active.add(node);
      }
    }
    adjoints.put(scalar.node(), tape.constant(1).reshape(scalar.shape()));
  }

  private static void requireOwn(Tape tape, Variable variable) {
    if (variable.tape() != tape) {
      throw new IllegalArgumentException("gradients: " + variable + " is of another tape");
    }
  }

  Gradients gradients() {
    for (int i = path.size() - 1; i >= 0; i--) {
      Node node = path.get(i);
      Variable gradient = adjoints.get(node);
      if (gradient != null && node.operands().stream().anyMatch(active::contains)) {
        pullBack(node, gradient);
      }
    }
    Map<Variable, Variable> found = new HashMap<>();
    for (Variable variable : variables) {
      found.computeIfAbsent(variable, this::adjoint);
    }
    return new Gradients(variables, found);
  }

  private Variable adjoint(Variable variable) {
    Variable adjoint = adjoints.get(variable.node());
    return adjoint == null ? tape.constant(0).broadcastTo(variable.shape()) : adjoint;
  }

  private void pullBack(Node node, Variable gradient) {
    List<Variable> operands = new ArrayList<>();
    node.operands().forEach(operand -> operands.add(new Variable(tape, operand)));
    IntFunction<@Nullable Variable> pullback =
        Pullbacks.of(node.operation(), operands, new Variable(tape, node), gradient);
    for (int i = 0; i < operands.size(); i++) {
      Node operand = node.operands().get(i);
      Variable contribution = active.contains(operand) ? pullback.apply(i) : null;
      if (contribution != null) {
        adjoints.merge(operand, contribution, Variable::add);
      }
    }
  }
}
