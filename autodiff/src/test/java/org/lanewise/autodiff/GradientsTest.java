package org.lanewise.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.operation.Elementwise;
import org.lanewise.engine.operation.Operation;

class GradientsTest {
  private final Tape tape = new Tape();
  private final Variable x = tape.input("x", Tensor.vector(1, -2, 3));

  private Variable gradient(Variable scalar, Variable by) {
    return tape.gradients(scalar, by).of(by);
  }

  @Test
  void ofASumOfSquares() {
    assertThat(gradient(x.square().sum(), x).value().toArray()).containsExactly(2, -4, 6);
  }

  @Test
  void accumulateOverAllPaths() {
    Variable y = x.multiply(3).add(x).subtract(x.negate()).sum();
    assertThat(gradient(y, x).value().toArray()).containsExactly(5, 5, 5);
  }

  @Test
  void byIntermediateVariables() {
    Variable square = x.square();
    Variable y = square.multiply(x).sum();
    Gradients gradients = tape.gradients(y, x, square, y);
    assertThat(gradients.of(square).value().toArray()).containsExactly(1, -2, 3);
    assertThat(gradients.of(x).value().toArray()).containsExactly(3, 12, 27);
    assertThat(gradients.of(y).value().item()).isEqualTo(1);
  }

  @Test
  void byConstants() {
    Variable two = tape.constant(2);
    assertThat(gradient(x.multiply(two).sum(), two).value().item()).isEqualTo(2);
  }

  @Test
  void ofWhatDoesNotDependAreZeros() {
    Variable other = tape.input("other", Tensor.zeros(2, 3));
    Variable later = x.exp();
    Gradients gradients = tape.gradients(x.sum(), other, later);
    assertThat(gradients.of(other).shape()).isEqualTo(Shape.of(2, 3));
    assertThat(gradients.of(other).value().toArray()).containsOnly(0);
    assertThat(gradients.of(later).value().toArray()).containsExactly(0, 0, 0);
  }

  @Test
  void comeInTheOrderAskedForEvenTwice() {
    Variable other = tape.input("other", Tensor.scalar(4));
    Gradients gradients = tape.gradients(x.sum().multiply(other), other, x, other);
    assertThat(gradients.all())
        .containsExactly(gradients.of(other), gradients.of(x), gradients.of(other));
    assertThat(tape.gradients(x.sum(), List.of()).all()).isEmpty();
  }

  @Test
  void ofOneElementOfAnyRank() {
    Variable y = x.square().sum().reshape(Shape.of(1, 1));
    assertThat(gradient(y, x).value().toArray()).containsExactly(2, -4, 6);
  }

  @Test
  void refuseWhatIsNotAScalar() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tape.gradients(x, x))
        .withMessage("gradients: expected a scalar to differentiate, was shape [3]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tape.gradients(tape.constant(Tensor.zeros(0)), x))
        .withMessage("gradients: expected a scalar to differentiate, was shape [0]");
  }

  @Test
  void refuseVariablesOfAnotherTape() {
    Variable foreign = new Tape().input("foreign", Tensor.scalar(1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tape.gradients(x.sum(), foreign))
        .withMessage("gradients: %0 = input foreign [] is of another tape");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tape.gradients(foreign, x))
        .withMessage("gradients: %0 = input foreign [] is of another tape");
  }

  @Test
  void areOnlyThoseAskedFor() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tape.gradients(x.sum(), x).of(tape.constant(1)))
        .withMessageStartingWith("gradients: none was asked for with respect to %");
  }

  @Test
  void doNotFlowThroughStopGradient() {
    Variable y = x.stopGradient().multiply(x).sum();
    assertThat(gradient(y, x).value().toArray()).containsExactly(1, -2, 3);
    assertThat(gradient(x.stopGradient().square().sum(), x).value().toArray())
        .containsExactly(0, 0, 0);
  }

  @Test
  void ofPositionsDoNotExist() {
    Variable y = x.argMax(0).multiply(2);
    assertThatExceptionOfType(NoGradientException.class)
        .isThrownBy(() -> tape.gradients(y, x))
        .withMessageStartingWith("argmax has no gradient: positions do not vary continuously")
        .withMessageContaining("stopGradient()");
    // Where none is asked for, or none flows, positions do no harm.
    assertThat(gradient(y, y).value().item()).isEqualTo(1);
    assertThat(gradient(x.argMax(0).stopGradient().multiply(x).sum(), x).value().toArray())
        .containsExactly(2, 2, 2);
    assertThat(gradient(x.gatherRows(x.argMax(0)), x).value().toArray()).containsExactly(0, 0, 1);
    assertThat(gradient(x.equal(x.argMax(0)).multiply(x).sum(), x).value().toArray())
        .containsExactly(0, 0, 0);
  }

  @Test
  void ofCustomOperationsNeedAPullback() {
    record Twice() implements SameShape {
      @Override
      public String label() {
        return "twice";
      }

      @Override
      public void evaluate(List<Tensor> operands, Tensor result) {
        for (int i = 0; i < result.size(); i++) {
          Tensor from = operands.get(0);
          result.storage()[result.offset() + i] = 2 * from.storage()[from.offset() + i];
        }
      }

      @Override
      public double[] evaluateReference(List<double[]> operands, List<Shape> shapes) {
        throw new AssertionError("not needed");
      }
    }
    Variable y = x.record(new Twice()).sum();
    assertThat(y.value().item()).isEqualTo(4);
    assertThatExceptionOfType(NoGradientException.class)
        .isThrownBy(() -> tape.gradients(y, x))
        .withMessageStartingWith("twice has no gradient: it is a custom operation without a pull");
  }

  @Test
  void ofCustomOperationsWithAPullback() {
    Variable y = x.record(new Cube(Cube.Mistake.NONE)).sum();
    assertThat(gradient(y, x).value().toArray()).containsExactly(3, 12, 27);
    assertThat(gradient(gradient(y, x).sum(), x).value().toArray()).containsExactly(6, -12, 18);
  }

  @Test
  void ofACustomPullbackAreChecked() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tape.gradients(x.record(new Pulled(List.of())).sum(), x))
        .withMessage("pulled: expected a pullback with a gradient for each of 1 operands, was 0");
    Variable scalar = tape.constant(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tape.gradients(x.record(new Pulled(List.of(scalar))).sum(), x))
        .withMessage(
            "pulled: expected a pullback that gives operand 0 a gradient of its shape [3], was []");
    Variable foreign = new Tape().constant(Tensor.vector(1, 2, 3));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tape.gradients(x.record(new Pulled(List.of(foreign))).sum(), x))
        .withMessage(
            "pulled: expected a pullback recorded on the same tape, was %0 = constant [3] of"
                + " another");
  }

  /** The identity with a given pullback. */
  private record Pulled(List<Variable> gradients) implements SameShape, DifferentiableOperation {
    @Override
    public String label() {
      return "pulled";
    }

    @Override
    public void evaluate(List<Tensor> operands, Tensor result) {
      result.copyFrom(operands.get(0));
    }

    @Override
    public double[] evaluateReference(List<double[]> operands, List<Shape> shapes) {
      return operands.get(0);
    }

    @Override
    public List<Variable> pullback(List<Variable> operands, Variable result, Variable gradient) {
      return gradients;
    }
  }

  @Test
  void ofACustomOperationMayBeNone() {
    Pulled stop = new Pulled(List.of(DifferentiableOperation.noGradient(x)));
    assertThat(gradient(x.record(stop).multiply(x).sum(), x).value().toArray())
        .containsExactly(1, -2, 3);
  }

  /** Not even zeros, which an infinite derivative would make NaN and positions would refuse. */
  @Test
  void nothingFlowsFromACustomOperationThatGivesNone() {
    for (Variable operand : List.of(x.subtract(x).sqrt(), x.argMax(0))) {
      Pulled stop = new Pulled(List.of(DifferentiableOperation.noGradient(operand)));
      assertThat(gradient(operand.record(stop).sum(), x).value().toArray()).containsOnly(0);
    }
  }

  @Test
  void recordNothingForOperandsThatNoneIsAskedFor() {
    Variable weights = tape.input("weights", Tensor.zeros(3, 2));
    Variable batch = tape.input("batch", Tensor.zeros(5, 3));
    Variable y = batch.multiply(batch).matmul(weights).sum();
    int before = tape.graph().nodes().size();
    Variable gradient = gradient(y, weights);
    List<Operation> recorded =
        tape.graph().nodes().stream().skip(before).map(node -> node.operation()).toList();
    assertThat(recorded).doesNotContain(Elementwise.MULTIPLY, Elementwise.ADD);
    // All that was recorded is needed.
    assertThat(tape.graph().dependencies(List.of(gradient.node())))
        .containsAll(tape.graph().nodes().stream().skip(before).toList());
  }

  @Test
  void ofDeepChainsTakeLinearTimeAndNoStack() {
    int depth = 10_000;
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          Variable y = x;
          for (int i = 0; i < depth; i++) {
            y = y.multiply(i % 2 == 0 ? 2 : 0.5);
          }
          assertThat(gradient(y.sum(), x).value().toArray()).containsExactly(1, 1, 1);
        });
    assertThat(tape.graph().nodes()).hasSizeBetween(3 * depth, 5 * depth);
  }

  @Test
  void ofManyUsesOfOneVariable() {
    Variable y = tape.constant(0);
    for (int i = 0; i < 5_000; i++) {
      y = y.add(x.sum());
    }
    assertThat(gradient(y, x).value().toArray()).containsExactly(5_000, 5_000, 5_000);
  }
}
