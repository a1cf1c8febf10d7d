package org.lanewise.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.program.Evaluation;
import org.lanewise.engine.program.Graph;
import org.lanewise.engine.program.Node;
import org.lanewise.engine.program.Program;
import org.lanewise.engine.random.Distribution;
import org.lanewise.engine.random.RandomStream;

/** Draws follow from their stream and the step that is counted. */
class DrawTest {
  private static final Draw DRAW =
      new Draw(Distribution.normal(), RandomStream.of(7).child("noise"), Shape.of(3, 5));

  private final Graph graph = new Graph();
  private final Tensor counter = Tensor.zeros(Draw.COUNTER);
  private final Node node = record();

  private Node record() {
    Node step = graph.record(new Leaf.Input("step", counter), List.of());
    return graph.record(DRAW, List.of(step));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, (1L << 24) - 1, 1L << 24, (1L << 24) + 1, 1L << 40, (1L << 48) - 1})
  void aStepDrawsFromTheChildOfItsNumber(long step) {
    float[] expected = new float[15];
    DRAW.stream().child(step).fill(DRAW.distribution(), expected, 0, expected.length);
    Draw.count(counter, step);

    assertThat(new Evaluation(graph).value(node).toArray()).isEqualTo(expected);
  }

  @Test
  void aRunDrawsWhatItsStepDrewBefore() {
    Program program = new Program(List.of(node), List.of());
    float[][] drawn = new float[3][];
    for (int run = 0; run < 3; run++) {
      Draw.count(counter, run % 2);
      program.run();
      drawn[run] = program.value(node).toArray();
    }

    assertThat(drawn[1]).isNotEqualTo(drawn[0]);
    assertThat(drawn[2]).isEqualTo(drawn[0]);
  }

  @ParameterizedTest
  @ValueSource(floats = {-1, 0.5f, 0x1p24f, Float.NaN, Float.POSITIVE_INFINITY})
  void countersThatAreNotStepsAreRefused(float element) {
    counter.array()[1] = element;
    for (ThrowingCallable way : OperationErrorTest.waysToCompute(node)) {
      assertThatIllegalArgumentException()
          .isThrownBy(way)
          .withMessage(
              "draw: expected a counter of integers from 0 to 16777215, was " + (double) element);
    }
  }

  @Test
  void stepsThatACounterDoesNotHoldAreRefused() {
    for (long step : new long[] {-1, 1L << 48}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Draw.count(counter, step))
          .withMessage("draw: expected a step from 0 to 281474976710655, was " + step);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Draw.count(Tensor.scalar(0), 1))
        .withMessage("draw: expected a counter of shape [2], was []");
    Node scalar = graph.record(new Leaf.Literal(1), List.of());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> graph.record(DRAW, List.of(scalar)))
        .withMessage("draw: expected a counter of shape [2], was []");
  }
}
