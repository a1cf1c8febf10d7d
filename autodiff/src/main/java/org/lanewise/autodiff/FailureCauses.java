package org.lanewise.autodiff;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.lanewise.autodiff.GradientReport.Comparison;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.operation.BroadcastTo;
import org.lanewise.engine.operation.CustomOperation;
import org.lanewise.engine.operation.Elementwise;
import org.lanewise.engine.operation.FusibleOperation;
import org.lanewise.engine.operation.KernelOperation;
import org.lanewise.engine.operation.Leaf;
import org.lanewise.engine.operation.ReshapeTo;
import org.lanewise.engine.program.Node;
import org.lanewise.engine.reference.Reference;

/**
 * The operations between the inputs and the result that may be to blame for a failed gradient
 * check: custom operations that fail a check of their own, kinks, and stopped gradients.
 */
final class FailureCauses {
  /** Kinks farther away do no harm: the smallest finite differences do not reach them. */
  private static final double NEAR = 0x1p-22;

  private final GradientCheck check;
  private final boolean ofDerivative;
  private final Tape tape;
  private final Set<Node> active = new HashSet<>();
  private final Reference reference = new Reference();

  private FailureCauses(GradientCheck check, List<Variable> inputs, boolean ofDerivative) {
    this.check = check;
    this.ofDerivative = ofDerivative;
    this.tape = inputs.get(0).tape();
    inputs.forEach(input -> active.add(input.node()));
  }

  /** One line for each suspect of a check that failed with this comparison. */
  static List<String> of(
      GradientCheck check, List<Variable> inputs, Variable result, Comparison failed) {
    FailureCauses suspects = new FailureCauses(check, inputs, failed == Comparison.DERIVATIVE);
    List<String> found = new ArrayList<>();
    for (Node node : result.node().graph().dependencies(List.of(result.node()))) {
      if (node.operands().stream().anyMatch(suspects.active::contains)) {
        suspects.active.add(node);
        suspects.reason(node).ifPresent(reason -> found.add(node + ": " + reason));
      }
    }
    return found;
  }

  private Optional<String> reason(Node node) {
    return switch (node.operation()) {
      case CustomOperation operation -> wrongAlone(operation, node);
      case Elementwise operation when ofDerivative -> notSmooth(operation, node);
      case Leaf _, ReshapeTo _, FusibleOperation _, KernelOperation _ -> Optional.empty();
    };
  }

  /** Checks a custom operation alone, by those of its operands that depend on the inputs. */
  private Optional<String> wrongAlone(CustomOperation operation, Node node) {
    Tape alone = new Tape();
    List<Variable> operands = new ArrayList<>();
    List<Variable> inputs = new ArrayList<>();
    for (Node operand : node.operands()) {
      Tensor value = tape.value(operand).copy();
      boolean depends = active.contains(operand);
      operands.add(depends ? alone.input(operand.toString(), value) : alone.constant(value));
      if (depends) {
        inputs.add(operands.getLast());
      }
    }
    Variable result = alone.record(operation, operands.toArray(Variable[]::new));
    return new GradientComparison(check, inputs)
        .run(result)
        .worst()
        .filter(worst -> !worst.passes())
        .map(worst -> "fails a check of its own, " + worst);
  }

  private Optional<String> notSmooth(Elementwise operation, Node node) {
    if (operation == Elementwise.STOP_GRADIENT) {
      return Optional.of("finite differences see through it, the gradient does not");
    }
    if (operation == Elementwise.SELECT) {
      // A condition is 0 or 1: the kink, if any, is where it was compared.
      return Optional.empty();
    }
    List<double[]> operands =
        node.operands().stream().map(operand -> repeated(operand, node.shape())).toList();
    double[] x = operands.get(0);
    double[] x1 = operands.get(Math.min(1, operands.size() - 1));
    double[] x2 = operands.getLast();
    for (int i = 0; i < x.length; i++) {
      if (operation.distanceToKink(x[i], x1[i], x2[i]) < NEAR) {
        return Optional.of("is at a kink at " + GradientReport.indexOf(node.shape(), i));
      }
    }
    return Optional.empty();
  }

  private double[] repeated(Node x, Shape shape) {
    return reference.value(tape.graph().record(new BroadcastTo(shape), List.of(x)));
  }
}
