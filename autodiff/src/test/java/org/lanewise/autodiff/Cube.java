package org.lanewise.autodiff;

import java.util.List;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;

/** x³ as a custom operation, with one of the mistakes that users make. */
record Cube(Mistake mistake) implements SameShape, DifferentiableOperation {
  enum Mistake {
    NONE,
    /** 3.0001 x² instead of 3 x². */
    FACTOR,
    SIGN,
    /** 3 x² itself, not times the gradient of the result. */
    FORGETS_GRADIENT,
    /** One x of 3 x·x counts as a constant. */
    SECOND_ORDER,
    /** The gradient of element number 5 is 1 % too large. */
    ELEMENT,
    /** The float32 kernel is 0.1 % off, the reference is right. */
    KERNEL
  }

  @Override
  public String label() {
    return "cube";
  }

  @Override
  public void evaluate(List<Tensor> operands, Tensor result) {
    float[] x = operands.get(0).toArray();
    float scale = mistake == Mistake.KERNEL ? 1.001f : 1;
    for (int i = 0; i < x.length; i++) {
      result.storage()[result.offset() + i] = scale * x[i] * x[i] * x[i];
    }
  }

  @Override
  public double[] evaluateReference(List<double[]> operands, List<Shape> shapes) {
    double[] x = operands.get(0);
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = x[i] * x[i] * x[i];
    }
    return y;
  }

  @Override
  public List<Variable> pullback(List<Variable> operands, Variable result, Variable gradient) {
    Variable x = operands.get(0);
    Variable slope = x.square().multiply(3);
    return List.of(
        switch (mistake) {
          case NONE, KERNEL -> gradient.multiply(slope);
          case FACTOR -> gradient.multiply(x.square()).multiply(3.0001);
          case SIGN -> gradient.multiply(slope).negate();
          case FORGETS_GRADIENT -> slope;
          case SECOND_ORDER -> gradient.multiply(x.stopGradient()).multiply(x).multiply(3);
          case ELEMENT -> {
            Tensor factors = Tensor.full(1, x.shape());
            factors.array()[5] = 1.01f;
            yield gradient.multiply(slope).multiply(x.tape().constant(factors));
          }
        });
  }
}
