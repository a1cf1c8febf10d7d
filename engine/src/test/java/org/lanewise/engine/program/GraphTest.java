package org.lanewise.engine.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.operation.Elementwise;
import org.lanewise.engine.operation.Leaf;
import org.lanewise.engine.operation.MatrixProduct;
import org.lanewise.engine.operation.Operation;
import org.lanewise.engine.operation.OperationSamples;

class GraphTest {
  private final Graph graph = new Graph();
  private final Node x = input("x", Tensor.zeros(2, 3));
  private final Node y = input("y", Tensor.zeros(3));

  private Node input(String name, Tensor tensor) {
    return graph.record(new Leaf.Input(name, tensor), List.of());
  }

  @Test
  void nodesStandInTheOrderTheyWereRecorded() {
    Node sum = graph.record(Elementwise.ADD, List.of(x, y));

    assertThat(graph.nodes()).containsExactly(x, y, sum);
    assertThat(sum.graph()).isSameAs(graph);
    assertThat(sum.index()).isEqualTo(2);
    assertThat(sum.operation()).isEqualTo(Elementwise.ADD);
    assertThat(sum.operands()).containsExactly(x, y);
    assertThat(sum.shape()).isEqualTo(Shape.of(2, 3));
    assertThat(graph).hasToString("%0 = input x [2, 3]\n%1 = input y [3]\n%2 = add(%0, %1) [2, 3]");
  }

  @Test
  void operandsAndNodesCannotBeChangedFromOutside() {
    List<Node> operands = new ArrayList<>(List.of(x, y));
    Node sum = graph.record(Elementwise.ADD, operands);
    operands.set(0, y);

    assertThat(sum.operands()).containsExactly(x, y);
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> graph.nodes().clear());
  }

  @Test
  void everyOperationIsRefusedTooFewOrTooManyOperands() {
    OperationSamples.all().stream()
        .map(sample -> sample.operation())
        .distinct()
        .forEach(this::refusesWrongCounts);
    assertThat(graph.nodes()).hasSize(2);
  }

  private void refusesWrongCounts(Operation operation) {
    for (int count : new int[] {operation.arity() - 1, operation.arity() + 1}) {
      if (count >= 0) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> graph.record(operation, Collections.nCopies(count, x)))
            .withMessage(
                operation.label() + ": expected " + operation.arity() + " operands, was " + count);
      }
    }
  }

  @Test
  void shapesThatDoNotFitAreRefusedAndNothingIsRecorded() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> graph.record(new MatrixProduct(false, false), List.of(x, x)))
        .withMessageContaining("matmul: [2, 3] · [2, 3] do not fit");
    assertThat(graph.nodes()).containsExactly(x, y);
  }

  @Test
  void nodesOfAnotherGraphAreRefused() {
    Graph other = new Graph();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> other.record(Elementwise.EXP, List.of(x)))
        .withMessage("exp: the node %0 = input x [2, 3] was recorded on another tape");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> other.dependencies(List.of(x)))
        .withMessageContaining("the node %0 = input x [2, 3] was recorded on another tape");
    assertThat(other.nodes()).isEmpty();
  }

  @Test
  void dependenciesAreWhatANodeIsComputedFrom() {
    Node exp = graph.record(Elementwise.EXP, List.of(x));
    Node unused = graph.record(Elementwise.LOG, List.of(exp));
    Node sum = graph.record(Elementwise.ADD, List.of(exp, exp));
    Node last = graph.record(Elementwise.NEGATE, List.of(sum));

    assertThat(graph.dependencies(List.of(sum))).containsExactly(x, exp, sum);
    assertThat(graph.dependencies(List.of(last, y, last))).containsExactly(x, y, exp, sum, last);
    assertThat(graph.dependencies(List.of(unused))).containsExactly(x, exp, unused);
    assertThat(graph.dependencies(List.of())).isEmpty();
  }
}
