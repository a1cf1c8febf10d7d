package org.lanewise.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.operation.ArgMax;
import org.lanewise.engine.operation.BroadcastTo;
import org.lanewise.engine.operation.Concatenation;
import org.lanewise.engine.operation.Elementwise;
import org.lanewise.engine.operation.GatherRows;
import org.lanewise.engine.operation.Leaf;
import org.lanewise.engine.operation.MatrixProduct;
import org.lanewise.engine.operation.Operation;
import org.lanewise.engine.operation.Pad;
import org.lanewise.engine.operation.Reduction;
import org.lanewise.engine.operation.ReshapeTo;
import org.lanewise.engine.operation.ScatterAddRows;
import org.lanewise.engine.operation.Slice;
import org.lanewise.engine.operation.Transpose;
import org.lanewise.engine.program.Graph;
import org.lanewise.engine.program.Node;

/** The oracle of the other tests against results worked out by hand or taken from tables. */
class ReferenceTest {
  private static final Tensor X = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);

  private final Graph graph = new Graph();

  private double[] value(Operation operation, Tensor... operands) {
    return new Reference().value(record(operation, operands));
  }

  private Node record(Operation operation, Tensor... operands) {
    List<Node> nodes = new ArrayList<>();
    for (Tensor operand : operands) {
      nodes.add(graph.record(new Leaf.Constant(operand), List.of()));
    }
    return graph.record(operation, nodes);
  }

  @Test
  void elementwiseOperandsBroadcast() {
    Tensor column = Tensor.of(new float[] {10, 20}, 2, 1);
    assertThat(value(Elementwise.ADD, X, column)).containsExactly(11, 12, 13, 24, 25, 26);
    assertThat(value(Elementwise.SUBTRACT, column, Tensor.vector(1, 2, 3)))
        .containsExactly(9, 8, 7, 19, 18, 17);
    assertThat(value(Elementwise.SELECT, Tensor.vector(0, 2, -0f), X, Tensor.scalar(9)))
        .containsExactly(9, 2, 9, 9, 5, 9);
  }

  /**
   * The values that do not follow from the JDK's Math; of Abramowitz and Stegun, tables 7.1 and
   * 26.1.
   */
  @ParameterizedTest
  @CsvSource({
    "ERF, 0.5, 0.5204998778",
    "ERF, 1, 0.8427007929",
    "ERF, -1.5, -0.9661051465",
    "ERF, 2, 0.9953222650",
    "NORMAL_CDF, 0, 0.5",
    "NORMAL_CDF, 1, 0.8413447461",
    "NORMAL_PDF, 0, 0.3989422804",
    "NORMAL_PDF, -1, 0.2419707245",
    "LOGISTIC, 0, 0.5",
    "LOGISTIC, 2, 0.8807970780",
    "RSQRT, 4, 0.5",
    "SIGN, -3, -1",
    "STOP_GRADIENT, 1.25, 1.25"
  })
  void elementwiseValues(Elementwise operation, float x, double y) {
    assertThat(value(operation, Tensor.scalar(x))[0]).isEqualTo(y, within(1e-10));
  }

  @Test
  void comparisonsGiveOneOrZero() {
    Tensor a = Tensor.vector(1, 2, 3, Float.NaN);
    Tensor b = Tensor.vector(2, 2, 2, Float.NaN);
    assertThat(value(Elementwise.EQUAL, a, b)).containsExactly(0, 1, 0, 0);
    assertThat(value(Elementwise.NOT_EQUAL, a, b)).containsExactly(1, 0, 1, 1);
    assertThat(value(Elementwise.LESS, a, b)).containsExactly(1, 0, 0, 0);
    assertThat(value(Elementwise.LESS_EQUAL, a, b)).containsExactly(1, 1, 0, 0);
    assertThat(value(Elementwise.GREATER, a, b)).containsExactly(0, 0, 1, 0);
    assertThat(value(Elementwise.GREATER_EQUAL, a, b)).containsExactly(0, 1, 1, 0);
  }

  @Test
  void reductionsKeepTheirAxes() {
    Reduction.Kind sum = Reduction.Kind.SUM;
    assertThat(value(new Reduction(sum, List.of(0)), X)).containsExactly(5, 7, 9);
    assertThat(value(new Reduction(sum, List.of(1)), X)).containsExactly(6, 15);
    assertThat(value(new Reduction(sum, List.of(0, 1)), X)).containsExactly(21);
    assertThat(value(new Reduction(sum, List.of()), X)).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(value(new Reduction(Reduction.Kind.MAX, List.of(0)), X)).containsExactly(4, 5, 6);
    assertThat(value(new Reduction(Reduction.Kind.MIN, List.of(1)), X)).containsExactly(1, 4);
  }

  @Test
  void reductionsOfNothingAndOfNaN() {
    Tensor none = Tensor.zeros(0, 1);
    Tensor some = Tensor.vector(1, Float.NaN, 3);
    for (Reduction.Kind kind : Reduction.Kind.values()) {
      double identity =
          switch (kind) {
            case SUM -> 0;
            case MAX -> Double.NEGATIVE_INFINITY;
            case MIN -> Double.POSITIVE_INFINITY;
          };
      assertThat(value(new Reduction(kind, List.of(0)), none)).containsExactly(identity);
      assertThat(value(new Reduction(kind, List.of(0)), some)).containsExactly(Double.NaN);
    }
  }

  @Test
  void theFirstLargestCounts() {
    assertThat(value(new ArgMax(1), Tensor.of(new float[] {1, 3, 3, 2, 2, 2}, 2, 3)))
        .containsExactly(1, 0);
    assertThat(value(new ArgMax(0), X)).containsExactly(1, 1, 1);
    assertThat(value(new ArgMax(0), Tensor.vector(1, Float.NaN, 3, Float.NaN))).containsExactly(1);
  }

  @Test
  void movements() {
    assertThat(value(new ReshapeTo(Shape.of(3, 2)), X)).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(value(new Transpose(List.of(1, 0)), X)).containsExactly(1, 4, 2, 5, 3, 6);
    assertThat(value(new Transpose(List.of(2, 0, 1)), X.reshape(Shape.of(1, 2, 3))))
        .containsExactly(1, 4, 2, 5, 3, 6);
    assertThat(value(new BroadcastTo(Shape.of(2, 2)), Tensor.vector(7, 8)))
        .containsExactly(7, 8, 7, 8);
    assertThat(value(new Slice(List.of(0, 1), List.of(2, 2)), X)).containsExactly(2, 3, 5, 6);
    assertThat(value(new Pad(List.of(1, 0), List.of(0, 1)), Tensor.of(new float[] {7, 8}, 1, 2)))
        .containsExactly(0, 0, 0, 7, 8, 0);
    assertThat(value(new Concatenation(1, 2), X, Tensor.of(new float[] {7, 8}, 2, 1)))
        .containsExactly(1, 2, 3, 7, 4, 5, 6, 8);
  }

  @Test
  void matrixProducts() {
    Tensor b = Tensor.of(new float[] {1, 0, 2, 1, 0, 3}, 3, 2);
    double[] product = {5, 11, 14, 23};
    assertThat(value(new MatrixProduct(false, false), X, b)).containsExactly(product);
    Tensor transposedB = Tensor.of(new float[] {1, 2, 0, 0, 1, 3}, 2, 3);
    assertThat(value(new MatrixProduct(false, true), X, transposedB)).containsExactly(product);
    Tensor transposedX = Tensor.of(new float[] {1, 4, 2, 5, 3, 6}, 3, 2);
    assertThat(value(new MatrixProduct(true, false), transposedX, b)).containsExactly(product);
    assertThat(value(new MatrixProduct(true, true), transposedX, transposedB))
        .containsExactly(product);
  }

  @Test
  void matrixProductsRepeatOverLeadingAxes() {
    Tensor rows = Tensor.of(new float[] {1, 2, 3, 4}, 2, 1, 2);
    Tensor b = Tensor.of(new float[] {1, 10}, 2, 1);
    assertThat(value(new MatrixProduct(false, false), rows, b)).containsExactly(21, 43);
  }

  @Test
  void rowsByTheirPositions() {
    assertThat(value(new GatherRows(), X, Tensor.vector(1, 0, 1)))
        .containsExactly(4, 5, 6, 1, 2, 3, 4, 5, 6);
    assertThat(value(new ScatterAddRows(3), X, Tensor.vector(2, 2)))
        .containsExactly(0, 0, 0, 0, 0, 0, 5, 7, 9);
  }

  @Test
  void literalsKeepTheirDoubleValue() {
    Node literal = graph.record(new Leaf.Literal(0.1), List.of());
    assertThat(new Reference().value(literal)).containsExactly(0.1);
  }

  @Test
  void aNodeCanBeGivenAValue() {
    Node x = record(new ReshapeTo(Shape.of(2)), Tensor.vector(1, 2));
    Node y = graph.record(Elementwise.MULTIPLY, List.of(x, x));
    Reference reference = new Reference();
    reference.set(x, new double[] {0.1, 3});

    assertThat(reference.value(y)).containsExactly(0.1 * 0.1, 9);
    assertThat(new Reference().value(y)).containsExactly(1, 4);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> reference.set(x, new double[3]))
        .withMessage("reference: expected 2 elements for " + x + ", was 3");
  }

  @Test
  void nodesOfAnotherGraphAreNotMixedIn() {
    Node x = record(Elementwise.NEGATE, Tensor.scalar(1));
    Node y = new Graph().record(new Leaf.Literal(5), List.of());
    Reference reference = new Reference();

    assertThat(reference.value(x)).containsExactly(-1);
    assertThat(reference.value(y)).containsExactly(5);
  }
}
