package org.lanewise.engine.operation;

import java.util.List;
import org.lanewise.engine.Shape;

/** An operation of a test, of one operand, whose result has the operand's shape. */
public interface SameShape extends CustomOperation {
  @Override
  default int arity() {
    return 1;
  }

  @Override
  default Shape resultShape(List<Shape> operands) {
    return operands.get(0);
  }
}
