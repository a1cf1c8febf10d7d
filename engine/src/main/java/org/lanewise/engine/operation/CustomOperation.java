package org.lanewise.engine.operation;

import java.util.List;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;

/**
 * An operation that a user writes in Java, when no composition of the listed ones will do.
 *
 * <p>It is a pure function: results depend on the operands alone and operands are not changed.
 * Records make good implementations, because equal operations may be computed once.
 */
public non-sealed interface CustomOperation extends KernelOperation {
  /**
   * Computes the result in float32. Operands and result may be parts of larger arrays: their
   * elements start at {@link Tensor#offset} of {@link Tensor#storage}.
   *
   * @param operands the operands, to be read only
   * @param result where to write the result; its shape is {@link #resultShape}, its content is
   *     undefined
   */
  void evaluate(List<Tensor> operands, Tensor result);

  /**
   * Computes the result in double precision, for the reference interpreter and gradient checks.
   *
   * @param operands the elements of each operand in row-major order, to be read only
   * @param shapes the shapes of the operands
   * @return the elements of the result in row-major order
   */
  double[] evaluateReference(List<double[]> operands, List<Shape> shapes);
}
