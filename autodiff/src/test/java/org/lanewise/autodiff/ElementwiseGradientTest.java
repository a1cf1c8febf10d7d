package org.lanewise.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.operation.Elementwise;
import org.lanewise.engine.reference.Reference;

/** Every elementwise operation that there is goes through every test here. */
class ElementwiseGradientTest {
  private static final long SEED = 20261122;

  /** Around the lane counts 4, 8 and 16, and none, and one. */
  private static final List<Shape> SHAPES =
      List.of(
          Shape.SCALAR,
          Shape.of(0),
          Shape.of(1),
          Shape.of(7),
          Shape.of(8),
          Shape.of(9),
          Shape.of(15),
          Shape.of(16),
          Shape.of(17),
          Shape.of(2, 1, 3));

  private static final List<List<Shape>> BROADCAST =
      List.of(
          List.of(Shape.of(5, 1), Shape.of(1, 7), Shape.SCALAR),
          List.of(Shape.of(3), Shape.of(2, 3), Shape.of(2, 1)),
          List.of(Shape.SCALAR, Shape.of(9), Shape.of(1)),
          List.of(Shape.of(4, 1), Shape.SCALAR, Shape.of(4, 2)),
          List.of(Shape.of(1), Shape.of(0), Shape.of(1)),
          List.of(Shape.of(2, 1), Shape.of(2, 0), Shape.SCALAR));

  private static GradientCheck check(Elementwise operation) {
    return GradientCheck.of(
            inputs -> inputs.get(0).tape().record(operation, inputs.toArray(Variable[]::new)))
        .kernelTolerance(1e-5)
        .seed(SEED);
  }

  private static void assertPasses(GradientCheck check, Elementwise operation, List<Shape> shapes) {
    Tensor[] point = new Points(SEED).of(operation, shapes);
    GradientReport report = check.check(point);
    assertThat(report.passes()).as("%s of %s: %s", operation, shapes, report).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void gradientsOfOperandsOfOneShape(Elementwise operation) {
    if (operation == Elementwise.STOP_GRADIENT) {
      return; // Finite differences see through it; another test is about it.
    }
    for (Shape shape : SHAPES) {
      List<Shape> shapes = Collections.nCopies(operation.arity(), shape);
      assertPasses(check(operation), operation, shapes);
    }
  }

  @ParameterizedTest
  @EnumSource
  void gradientsOfBroadcastOperands(Elementwise operation) {
    if (operation.arity() > 1) {
      for (List<Shape> shapes : BROADCAST) {
        assertPasses(check(operation), operation, shapes.subList(0, operation.arity()));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void gradientsOfOneVariableAsEveryOperand(Elementwise operation) {
    if (operation == Elementwise.STOP_GRADIENT) {
      return;
    }
    GradientCheck check =
        GradientCheck.of(
                inputs -> {
                  Variable[] same =
                      Collections.nCopies(operation.arity(), inputs.get(0))
                          .toArray(Variable[]::new);
                  return inputs.get(0).tape().record(operation, same);
                })
            .kernelTolerance(1e-5)
            .seed(SEED);
    Tensor x = new Points(SEED).uniform(0.25, 2, Shape.of(9));
    GradientReport report = check.check(x);
    assertThat(report.passes()).as("%s: %s", operation, report).isTrue();
  }

  /** At a kink a derivative is declared: it must be one that a subgradient method can live with. */
  @ParameterizedTest
  @EnumSource
  void derivativesAtKinksLieBetweenThoseOnBothSides(Elementwise operation) {
    double[] values = {-1, 0, 0.5, 1, 2};
    for (double x : values) {
      for (double x1 : operation.arity() > 1 ? values : new double[1]) {
        for (double x2 : operation.arity() > 2 ? values : new double[1]) {
          double[] at = {x, x1, x2};
          boolean kink = operation.distanceToKink(x, x1, x2) == 0;
          if (operation == Elementwise.CLIP && x == x1 && x == x2) {
            continue; // Between bounds that coincide the gradient is declared to flow to x.
          }
          if (kink && Double.isFinite(evaluate(operation, at))) {
            for (int i = 0; i < operation.arity(); i++) {
              assertBetweenSides(operation, at, i);
            }
          }
        }
      }
    }
  }

  private static void assertBetweenSides(Elementwise operation, double[] at, int operand) {
    double h = 1e-6;
    double left = (evaluate(operation, at) - evaluate(operation, moved(at, operand, -h))) / h;
    double right = (evaluate(operation, moved(at, operand, h)) - evaluate(operation, at)) / h;
    double derivative = derivative(operation, at, operand);
    assertThat(derivative).as("%s by operand %d at %s", operation, operand, show(at)).isFinite();
    // Where the value itself jumps nothing but 0 is declared.
    boolean jumps = Math.abs(left) > 1e5 || Math.abs(right) > 1e5;
    double low = jumps ? 0 : Math.min(left, right);
    double high = jumps ? 0 : Math.max(left, right);
    assertThat(derivative)
        .as("%s by operand %d at %s", operation, operand, show(at))
        .isBetween(low - 1e-4, high + 1e-4);
  }

  private static List<Double> show(double[] at) {
    List<Double> shown = new ArrayList<>();
    for (double x : at) {
      shown.add(x);
    }
    return shown;
  }

  private static double[] moved(double[] at, int operand, double by) {
    double[] moved = at.clone();
    moved[operand] += by;
    return moved;
  }

  private static double evaluate(Elementwise operation, double[] at) {
    return operation.evaluate(at[0], at[1], at[2]);
  }

  private static double derivative(Elementwise operation, double[] at, int operand) {
    Tape tape = new Tape();
    Variable[] operands = new Variable[operation.arity()];
    for (int i = 0; i < operands.length; i++) {
      operands[i] = tape.input("x" + i, Tensor.scalar((float) at[i]));
    }
    Variable gradient =
        tape.gradients(tape.record(operation, operands), operands).of(operands[operand]);
    return new Reference().value(gradient.node())[0];
  }

  @Test
  void selectFollowsItsCondition() {
    Points points = new Points(SEED);
    Tensor condition = Tensor.of(new float[] {1, 0, 0, -3, 0, 1}, 2, 3);
    GradientCheck.of(
            inputs -> inputs.get(0).tape().constant(condition).select(inputs.get(0), inputs.get(1)))
        .seed(SEED)
        .assertPasses(points.uniform(2, 3), points.uniform(3));
  }
}
