package org.lanewise.autodiff;

import java.util.ArrayList;
import java.util.List;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.operation.Elementwise;
import org.lanewise.engine.operation.Interval;
import org.lanewise.engine.random.Distribution;
import org.lanewise.engine.random.RandomStream;

/** Points at which gradients are checked, drawn from a seed. */
final class Points {
  /** How far an elementwise operation is kept from its kinks and from the ends of its domain. */
  private static final double MARGIN = 0.05;

  private static final int ATTEMPTS = 10_000;

  private RandomStream random;

  Points(long seed) {
    this.random = RandomStream.of(seed);
  }

  /** Elements between bounds. */
  Tensor uniform(double low, double high, Shape shape) {
    Tensor x = Tensor.zeros(shape);
    random = random.fill(Distribution.uniform(low, high), x.array(), 0, x.size());
    return x;
  }

  /** Elements from −2 to 2. */
  Tensor uniform(int... dimensions) {
    return uniform(-2, 2, Shape.of(dimensions));
  }

  /** Operands of moderate size inside the domain of an operation, away from its kinks. */
  Tensor[] of(Elementwise operation, List<Shape> shapes) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      List<Tensor> operands = new ArrayList<>();
      for (int i = 0; i < shapes.size(); i++) {
        operands.add(inside(operation.domain(i), shapes.get(i)));
      }
      if (distanceToKink(operation, operands) >= MARGIN) {
        return operands.toArray(Tensor[]::new);
      }
    }
    throw new AssertionError("no point of " + operation + " " + shapes + " away from its kinks");
  }

  private Tensor inside(Interval domain, Shape shape) {
    double low = domain.low() + MARGIN;
    double high = domain.high() - MARGIN;
    if (Double.isInfinite(low)) {
      low = Double.isInfinite(high) ? -2 : high - 4;
    }
    return uniform(low, Math.min(high, low + 4), shape);
  }

  private static double distanceToKink(Elementwise operation, List<Tensor> operands) {
    Tape tape = new Tape();
    Shape shape = operation.resultShape(operands.stream().map(Tensor::shape).toList());
    List<float[]> x = new ArrayList<>();
    for (Tensor operand : operands) {
      x.add(tape.constant(operand).broadcastTo(shape).value().toArray());
    }
    double nearest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < shape.size(); i++) {
      double distance =
          operation.distanceToKink(
              x.get(0)[i], x.get(Math.min(1, x.size() - 1))[i], x.getLast()[i]);
      nearest = Math.min(nearest, distance);
    }
    return nearest;
  }
}
