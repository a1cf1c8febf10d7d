package org.lanewise.autodiff;

import java.util.List;
import org.lanewise.engine.Shape;
import org.lanewise.engine.operation.CustomOperation;

/** An operation of a test, of one operand, whose result has the operand's shape. */
interface SameShape extends CustomOperation {
  @Override
  default int arity() {
    return 1;
  }

  @Override
  default Shape resultShape(List<Shape> operands) {
    return operands.get(0);
  }
}
