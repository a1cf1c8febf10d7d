package org.lanewise.engine.program;

import org.lanewise.engine.Tensor;
import org.lanewise.engine.operation.Leaf;

/**
 * An input that takes on a computed value at the end of every run of a program.
 *
 * @param input a node whose operation is a {@link Leaf.Input}
 * @param value the node whose value it gets, of the same shape
 */
public record Assignment(Node input, Node value) {
  /**
   * Checks that the one can be assigned to the other.
   *
   * @throws IllegalArgumentException if the target is no input or the shapes differ
   */
  public Assignment {
    if (!(input.operation() instanceof Leaf.Input)) {
      throw new IllegalArgumentException(
          "assignment: expected an input to assign to, was " + input);
    }
    if (!input.shape().equals(value.shape())) {
      throw new IllegalArgumentException(
          "assignment: " + input + " cannot take a value of shape " + value.shape());
    }
  }

  Tensor target() {
    return ((Leaf.Input) input.operation()).tensor();
  }
}
