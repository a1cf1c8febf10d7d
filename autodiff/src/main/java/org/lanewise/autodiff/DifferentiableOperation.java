package org.lanewise.autodiff;

import java.util.List;
import org.lanewise.engine.operation.CustomOperation;

/**
 * An operation that a user writes in Java together with its pullback. A {@link GradientCheck} tells
 * whether they fit each other.
 */
public interface DifferentiableOperation extends CustomOperation {
  /**
   * Records the gradients of the operands from the gradient of the result: the vector–Jacobian
   * product.
   *
   * @param operands the operands
   * @param result the result
   * @param gradient the gradient with respect to the result, of its shape
   * @return a gradient for each operand, of its shape; {@link #noGradient} where none flows
   */
  List<Variable> pullback(List<Variable> operands, Variable result, Variable gradient);

  /**
   * The gradient that a pullback returns for an operand that no gradient flows to.
   *
   * @param operand the operand
   * @return zeros of its shape
   */
  static Variable noGradient(Variable operand) {
    return operand.tape().constant(0).broadcastTo(operand.shape());
  }
}
