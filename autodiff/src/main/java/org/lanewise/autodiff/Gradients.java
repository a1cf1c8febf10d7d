package org.lanewise.autodiff;

import java.util.List;
import java.util.Map;

/**
 * The gradients of one scalar with respect to some variables; themselves variables of the same
 * tape.
 */
public final class Gradients {
  private final List<Variable> variables;
  private final Map<Variable, Variable> gradients;

  Gradients(List<Variable> variables, Map<Variable, Variable> gradients) {
    this.variables = List.copyOf(variables);
    this.gradients = Map.copyOf(gradients);
  }

  /**
   * The gradient with respect to one variable.
   *
   * @param variable one of the variables that gradients were asked for
   * @return its gradient, of its shape
   * @throws IllegalArgumentException if no gradient was asked for it
   */
  public Variable of(Variable variable) {
    Variable gradient = gradients.get(variable);
    if (gradient == null) {
      throw new IllegalArgumentException(
          "gradients: none was asked for with respect to " + variable);
    }
    return gradient;
  }

  /**
   * All gradients.
   *
   * @return one for each variable, in the order they were asked for
   */
  public List<Variable> all() {
    return variables.stream().map(this::of).toList();
  }

  /** What the gradients are with respect to. */
  @Override
  public String toString() {
    return "Gradients with respect to " + variables;
  }
}
