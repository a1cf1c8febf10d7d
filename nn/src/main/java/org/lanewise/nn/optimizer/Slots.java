package org.lanewise.nn.optimizer;

import java.util.function.UnaryOperator;
import org.lanewise.autodiff.Variable;

/**
 * The memory of an optimizer at a step of one parameter: the slots that {@link Optimizer#slots}
 * declares, by name.
 */
public interface Slots {
  /**
   * The value that the step before remembered of this parameter.
   *
   * @param name the name of a slot of each parameter
   * @return the value before this step
   * @throws IllegalArgumentException if no such slot is declared
   */
  Variable get(String name);

  /**
   * Remembers a value of this parameter for the next step.
   *
   * @param name the name of a slot of each parameter
   * @param value its new value, of its shape
   * @throws IllegalArgumentException if no such slot is declared
   */
  void set(String name, Variable value);

  /**
   * Changes a scalar that all parameters share, such as the number of steps, once a step.
   *
   * @param name the name of a slot that all parameters share
   * @param next how it changes at a step; the same for every parameter
   * @return the value after this step's change
   * @throws IllegalArgumentException if no such slot is declared
   */
  Variable shared(String name, UnaryOperator<Variable> next);
}
