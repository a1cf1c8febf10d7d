package org.lanewise.nn.optimizer;

import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;

/** What an optimizer remembers of one parameter from step to step, by name. */
public interface Slots {
  /**
   * What was remembered by the step before.
   *
   * @param name the name of the slot
   * @param shape its shape
   * @param start the value of its elements before the first step
   * @return the value before this step
   */
  Variable get(String name, Shape shape, double start);

  /**
   * Remembers a value for the next step.
   *
   * @param name the name of a slot that was asked for
   * @param value its new value, of its shape
   * @throws IllegalArgumentException if the slot was not asked for
   */
  void set(String name, Variable value);
}
