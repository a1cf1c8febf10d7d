package org.lanewise.nn.optimizer;

import org.lanewise.engine.Shape;

/**
 * A tensor that an optimizer remembers from step to step: of each parameter, or one of all
 * together. Its name is part of what a checkpoint calls it.
 *
 * @param name the name, as in {@code m}, without a slash
 * @param shape the shape
 * @param start the value of its elements before the first step
 * @param shared whether all parameters share it; it is a scalar then
 */
public record Slot(String name, Shape shape, double start, boolean shared) {
  /**
   * Checks the name and the shape.
   *
   * @throws IllegalArgumentException if the name is blank or has a slash, or a shared slot is not a
   *     scalar
   */
  public Slot {
    if (name.isBlank() || name.contains("/")) {
      throw new IllegalArgumentException(
          "slot: expected a name without slashes, was \"" + name + "\"");
    }
    if (shared && !shape.equals(Shape.SCALAR)) {
      throw new IllegalArgumentException(
          "slot: expected a scalar of what all parameters share, was " + name + " " + shape);
    }
  }

  /**
   * A slot of each parameter, 0 before the first step.
   *
   * @param name the name, without a slash
   * @param shape the shape
   * @return the slot
   * @throws IllegalArgumentException if the name is blank or has a slash
   */
  public static Slot of(String name, Shape shape) {
    return new Slot(name, shape, 0, false);
  }

  /**
   * A scalar that all parameters share, 0 before the first step.
   *
   * @param name the name, without a slash
   * @return the slot
   * @throws IllegalArgumentException if the name is blank or has a slash
   */
  public static Slot shared(String name) {
    return new Slot(name, Shape.SCALAR, 0, true);
  }
}
