package org.lanewise.engine.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.operation.Elementwise;
import org.lanewise.engine.operation.Leaf;
import org.lanewise.engine.operation.ReshapeTo;

class EvaluationTest {
  private final Graph graph = new Graph();
  private final Evaluation evaluation = new Evaluation(graph);

  private Node input(Tensor tensor) {
    return graph.record(new Leaf.Input("x", tensor), List.of());
  }

  private Node counted(CountedCopy operation, Node operand) {
    return graph.record(operation, List.of(operand));
  }

  @Test
  void aValueIsComputedOnceAndKept() {
    Tensor tensor = Tensor.vector(1, 2);
    CountedCopy copy = new CountedCopy();
    Node y = counted(copy, input(tensor));
    Node z = graph.record(Elementwise.ADD, List.of(y, y));

    Tensor first = evaluation.value(z);
    tensor.array()[0] = 9;
    assertThat(evaluation.value(z)).isSameAs(first);
    assertThat(evaluation.value(y).toArray()).containsExactly(1, 2);
    assertThat(first.toArray()).containsExactly(2, 4);
    assertThat(copy.runs).isEqualTo(1);
  }

  @Test
  void onlyWhatIsNeededIsComputed() {
    CountedCopy needed = new CountedCopy();
    CountedCopy unneeded = new CountedCopy();
    Node y = counted(needed, input(Tensor.vector(1, 2)));
    counted(unneeded, y);
    evaluation.value(y);

    assertThat(needed.runs).isEqualTo(1);
    assertThat(unneeded.runs).isZero();
  }

  @Test
  void nodesRecordedLaterCanBeAskedForToo() {
    Node x = input(Tensor.vector(1, 2));
    evaluation.value(x);
    Node y = graph.record(Elementwise.NEGATE, List.of(x));

    assertThat(evaluation.value(y).toArray()).containsExactly(-1, -2);
  }

  @Test
  void inputsAndTheirReshapesAreNotCopied() {
    Tensor tensor = Tensor.view(new float[] {9, 1, 2, 9}, 1, Shape.of(2));
    Node x = input(tensor);
    Node reshaped = graph.record(new ReshapeTo(Shape.of(2, 1)), List.of(x));

    assertThat(evaluation.value(x)).isSameAs(tensor);
    assertThat(evaluation.value(reshaped).storage()).isSameAs(tensor.storage());
    assertThat(evaluation.value(reshaped).shape()).isEqualTo(Shape.of(2, 1));
    assertThat(evaluation.value(reshaped).toArray()).containsExactly(1, 2);
  }

  @Test
  void aLiteralIsRoundedToAFloat() {
    Node literal = graph.record(new Leaf.Literal(0.1), List.of());

    assertThat(evaluation.value(literal).item()).isEqualTo(0.1f);
    assertThat(evaluation.value(literal).shape()).isEqualTo(Shape.SCALAR);
  }

  /** A chain so long that recursion from its end would overflow the stack. */
  @Test
  void longChainsAreComputed() {
    Node y = input(Tensor.scalar(0));
    Node one = graph.record(new Leaf.Literal(1), List.of());
    for (int i = 0; i < 20_000; i++) {
      y = graph.record(Elementwise.ADD, List.of(y, one));
    }

    assertThat(evaluation.value(y).item()).isEqualTo(20_000);
  }

  /** What is known already is not gone through again, which would take minutes. */
  @Test
  @Timeout(60)
  void everyValueOfALongChainCanBeAskedFor() {
    Node y = input(Tensor.scalar(7));
    for (int i = 0; i < 100_000; i++) {
      y = graph.record(new ReshapeTo(i % 2 == 0 ? Shape.of(1) : Shape.SCALAR), List.of(y));
      assertThat(evaluation.value(y).size()).isEqualTo(1);
    }
  }

  /** Even where this graph has a value at the same position. */
  @Test
  void nodesOfAnotherGraphAreRefused() {
    evaluation.value(input(Tensor.vector(1, 2)));
    Node foreign = new Graph().record(new Leaf.Literal(3), List.of());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> evaluation.value(foreign))
        .withMessage("evaluation: the node %0 = literal 3.0 [] was recorded on another tape");
  }
}
