package org.lanewise.engine.operation;

import java.util.List;
import org.lanewise.engine.Shape;

/**
 * The computation at one node of a recorded program, as a value: operations that compute the same
 * are equal.
 *
 * <p>An operation takes a fixed number of operands and gives one result, all of them tensors of
 * floats. Positions (labels, token ids, rows) are floats with integer values too, exact up to
 * 2<sup>24</sup>.
 *
 * <p>Its kinds say how a result comes about: a {@link Leaf} is there before a run, a {@link
 * ReshapeTo} looks at its operand, a {@link FusibleOperation} is computed by a loop with others, a
 * {@link KernelOperation} by a kernel of its own.
 */
public sealed interface Operation permits Leaf, ReshapeTo, FusibleOperation, KernelOperation {

  /**
   * The name that messages and listings use, in lower case.
   *
   * @return the name
   */
  String label();

  /**
   * The number of operands it takes.
   *
   * @return the operand count
   */
  int arity();

  /**
   * The shape of the result.
   *
   * @param operands the shapes of the operands, {@link #arity()} of them
   * @return the shape of the result
   * @throws IllegalArgumentException if the shapes do not fit; the message names the operation and
   *     the shapes
   */
  Shape resultShape(List<Shape> operands);
}
