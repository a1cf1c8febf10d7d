package org.lanewise.engine.program;

import java.util.List;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.operation.SameShape;

/** Copies its operand and counts how often it was run. */
final class CountedCopy implements SameShape {
  int runs;

  @Override
  public String label() {
    return "counted_copy";
  }

  @Override
  public void evaluate(List<Tensor> operands, Tensor result) {
    runs++;
    result.copyFrom(operands.get(0));
  }

  @Override
  public double[] evaluateReference(List<double[]> operands, List<Shape> shapes) {
    runs++;
    return operands.get(0).clone();
  }
}
