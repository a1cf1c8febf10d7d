package org.lanewise.nn.optimizer;

import java.util.function.UnaryOperator;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;

/** The memory of an optimizer from step to step, by name: of one parameter, or of all together. */
public interface Slots {
  /**
   * The value that the step before remembered of this parameter.
   *
   * @param name the name of the slot
   * @param shape its shape
   * @param start the value of its elements before the first step
   * @return the value before this step
   */
  Variable get(String name, Shape shape, double start);

  /**
   * Remembers a value of this parameter for the next step.
   *
   * @param name the name of a slot that was asked for
   * @param value its new value, of its shape
   * @throws IllegalArgumentException if the slot was not asked for
   */
  void set(String name, Variable value);

  /**
   * A scalar that all parameters share, such as the number of steps: it changes once a step.
   *
   * @param name the name of the scalar
   * @param start its value before the first step
   * @param next how it changes at a step; the same for every parameter
   * @return the value after this step's change
   */
  Variable shared(String name, double start, UnaryOperator<Variable> next);
}
