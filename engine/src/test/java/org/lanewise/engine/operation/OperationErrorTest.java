package org.lanewise.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.program.Evaluation;
import org.lanewise.engine.program.Graph;
import org.lanewise.engine.program.Node;
import org.lanewise.engine.program.Program;
import org.lanewise.engine.random.Distribution;
import org.lanewise.engine.random.RandomStream;
import org.lanewise.engine.reference.Reference;

/** Operations that do not fit their operands are refused when they are recorded, with a reason. */
class OperationErrorTest {
  static Stream<Arguments> misfits() {
    Reduction.Kind sum = Reduction.Kind.SUM;
    return Stream.of(
        misfit(
            new Reduction(sum, List.of(2)),
            "sum: axis 2 is out of range for shape [2, 3], expected -2 to 1",
            Shape.of(2, 3)),
        misfit(
            new Reduction(Reduction.Kind.MAX, List.of(0)),
            "max: axis 0 is out of range for shape [], expected no axis at all",
            Shape.SCALAR),
        misfit(
            new ArgMax(1),
            "argmax: axis 1 is out of range for shape [3], expected -1 to 0",
            Shape.of(3)),
        misfit(
            new ArgMax(1),
            "argmax: axis 1 of shape [3, 0] has no elements, expected at least one",
            Shape.of(3, 0)),
        misfit(
            new ArgMax(0),
            "argmax: axis 0 of shape [16777217, 1] has more positions than floats count, expected"
                + " at most 16777216",
            Shape.of(16777217, 1)),
        misfit(
            new ReshapeTo(Shape.of(4, 2)),
            "reshape: shape [2, 3] has 6 elements, [4, 2] has 8",
            Shape.of(2, 3)),
        misfit(
            new Transpose(List.of(1, 0)),
            "transpose: permutation [1, 0] does not fit shape [2, 3, 4]",
            Shape.of(2, 3, 4)),
        misfit(
            new BroadcastTo(Shape.of(3, 2)),
            "broadcast_to: shapes [3] and [3, 2] do not broadcast",
            Shape.of(3)),
        misfit(
            new BroadcastTo(Shape.of(1, 3)),
            "broadcast_to: shape [2, 3] does not broadcast to [1, 3]",
            Shape.of(2, 3)),
        misfit(
            new BroadcastTo(Shape.of(3)),
            "broadcast_to: shape [1, 3] does not broadcast to [3]",
            Shape.of(1, 3)),
        misfit(
            new Slice(List.of(0, 1), List.of(2, 3)),
            "slice: expected a box inside shape [2, 3], was starts [0, 1] and sizes [2, 3]",
            Shape.of(2, 3)),
        misfit(new Slice(List.of(-1), List.of(2)), "starts [-1] and sizes [2]", Shape.of(3)),
        misfit(new Slice(List.of(1), List.of(-1)), "starts [1] and sizes [-1]", Shape.of(3)),
        misfit(
            new Slice(List.of(Integer.MAX_VALUE), List.of(Integer.MAX_VALUE)),
            "slice: expected a box inside shape [3]",
            Shape.of(3)),
        misfit(new Slice(List.of(0), List.of(1)), "slice: expected a box", Shape.of(2, 3)),
        misfit(new Slice(List.of(0, 0), List.of(1)), "slice: expected a box", Shape.of(2, 3)),
        misfit(
            new Pad(List.of(1, -1), List.of(0, 0)),
            "pad: expected counts of at least 0 for each axis of shape [2, 3], was before [1, -1]"
                + " and after [0, 0]",
            Shape.of(2, 3)),
        misfit(new Pad(List.of(1), List.of(1)), "pad: expected counts", Shape.of(2, 3)),
        misfit(new Pad(List.of(1, 1), List.of(1)), "pad: expected counts", Shape.of(2, 3)),
        misfit(
            new Pad(List.of(Integer.MAX_VALUE), List.of(Integer.MAX_VALUE)),
            "pad: axis 0 of shape [2] would have 4294967296 positions",
            Shape.of(2)),
        misfit(
            new Pad(List.of(0, 65535), List.of(65535, 0)),
            "expected at most 2147483647 elements, was [65536, 65536]",
            Shape.of(1, 1)),
        misfit(
            new Concatenation(0, 2),
            "concatenate: shapes [[2, 3], [2, 4]] differ elsewhere than along axis 0",
            Shape.of(2, 3),
            Shape.of(2, 4)),
        misfit(
            new Concatenation(0, 2),
            "concatenate: shapes [[3], [3, 1]]",
            Shape.of(3),
            Shape.of(3, 1)),
        misfit(
            new Concatenation(1, 1),
            "concatenate: axis 1 is out of range for shape [3], expected -1 to 0",
            Shape.of(3)),
        misfit(
            new Concatenation(0, 2),
            "concatenate: shapes [[2147483647], [1]] have 2147483648 positions along axis 0",
            Shape.of(Integer.MAX_VALUE),
            Shape.of(1)),
        misfit(
            new MatrixProduct(false, false),
            "matmul: [2, 3] · [4, 5] do not fit: expected equal inner dimensions, was 3 and 4",
            Shape.of(2, 3),
            Shape.of(4, 5)),
        misfit(
            new MatrixProduct(true, true),
            "matmul: transposed [2, 3] · transposed [3, 5] do not fit: expected equal inner"
                + " dimensions, was 2 and 5",
            Shape.of(2, 3),
            Shape.of(3, 5)),
        misfit(
            new MatrixProduct(false, false),
            "matmul: expected operands of rank 2 or more, was [3] and [3, 5]",
            Shape.of(3),
            Shape.of(3, 5)),
        misfit(
            new MatrixProduct(false, false),
            "matmul: shapes [2] and [3] do not broadcast",
            Shape.of(2, 4, 5),
            Shape.of(3, 5, 6)),
        misfit(
            new MatrixProduct(false, false),
            "expected at most 2147483647 elements, was [65536, 65536]",
            Shape.of(65536, 1),
            Shape.of(1, 65536)),
        misfit(
            new GatherRows(),
            "gather_rows: expected a table of rank 1 or more, was a scalar",
            Shape.SCALAR,
            Shape.of(2)),
        misfit(
            new ScatterAddRows(4),
            "scatter_add_rows: expected updates whose shape starts with that of the positions [3],"
                + " was [2, 5]",
            Shape.of(2, 5),
            Shape.of(3)),
        misfit(new ScatterAddRows(4), "positions [2, 5], was [2]", Shape.of(2), Shape.of(2, 5)),
        misfit(
            new Draw(Distribution.uniform(0, 1), RandomStream.of(1), Shape.of(3)),
            "draw: expected a counter of shape [2], was [3]",
            Shape.of(3)));
  }

  private static Arguments misfit(Operation operation, String message, Shape... shapes) {
    return Arguments.of(operation, List.of(shapes), message);
  }

  @ParameterizedTest
  @MethodSource("misfits")
  void shapesThatDoNotFitAreRefused(Operation operation, List<Shape> shapes, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> operation.resultShape(shapes))
        .withMessageContaining(message);
  }

  @Test
  void everyKindThatCanMisfitIsTried() {
    List<Class<?>> tried = new ArrayList<>();
    misfits().forEach(misfit -> tried.add(misfit.get()[0].getClass()));
    List<Class<?>> others = List.of(Elementwise.class, CustomOperation.class);

    assertThat(OperationSamples.kinds())
        .filteredOn(kind -> !others.contains(kind) && !Leaf.class.isAssignableFrom(kind))
        .hasSizeGreaterThan(8)
        .allSatisfy(kind -> assertThat(tried).contains(kind));
  }

  @ParameterizedTest
  @EnumSource
  void elementwiseOperandsMustBroadcast(Elementwise operation) {
    if (operation.arity() > 1) {
      List<Shape> shapes = new ArrayList<>(Collections.nCopies(operation.arity(), Shape.of(2, 3)));
      shapes.set(operation.arity() - 1, Shape.of(2, 4));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> operation.resultShape(shapes))
          .withMessageStartingWith(operation.label() + ": shapes [2, 3] and [2, 4] do not");
    }
  }

  static Stream<Arguments> impossible() {
    return Stream.of(
        impossible(
            () -> new Reduction(Reduction.Kind.MIN, List.of(1, 0)),
            "min: expected ascending axes from 0 on, was [1, 0]"),
        impossible(
            () -> new Reduction(Reduction.Kind.SUM, List.of(-1)),
            "sum: expected ascending axes from 0 on, was [-1]"),
        impossible(
            () -> new Reduction(Reduction.Kind.SUM, List.of(1, 1)),
            "sum: expected ascending axes from 0 on, was [1, 1]"),
        impossible(() -> new ArgMax(-1), "argmax: expected an axis counted from 0, was -1"),
        impossible(
            () -> new Transpose(List.of(0, 2)),
            "transpose: expected each axis from 0 to 1 once, was [0, 2]"),
        impossible(
            () -> new Transpose(List.of(0, 0)),
            "transpose: expected each axis from 0 to 1 once, was [0, 0]"),
        impossible(
            () -> new Concatenation(-1, 2), "concatenate: expected an axis counted from 0, was -1"),
        impossible(
            () -> new Concatenation(0, 0), "concatenate: expected at least one operand, was none"),
        impossible(
            () -> new ScatterAddRows(-1), "scatter_add_rows: expected at least 0 rows, was -1"));
  }

  private static Arguments impossible(Supplier<Operation> make, String message) {
    return Arguments.of(make, message);
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("impossible")
  void operationsThatFitNothingAreNotMade(Supplier<Operation> make, String message) {
    assertThatIllegalArgumentException().isThrownBy(make::get).withMessage(message);
  }

  @Test
  void axesAreCountedFromZeroAndSorted() {
    Shape shape = Shape.of(2, 3, 4);
    assertThat(Axes.normalize("sum", shape)).containsExactly(0, 1, 2);
    assertThat(Axes.normalize("sum", shape, -1, 0)).containsExactly(0, 2);
    assertThat(Axes.normalize("sum", Shape.SCALAR)).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Axes.normalize("sum", shape, 1, -2))
        .withMessage("sum: axis -2 of shape [2, 3, 4] is named twice");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Axes.normalize("sum", shape, 3))
        .withMessage("sum: axis 3 is out of range for shape [2, 3, 4], expected -3 to 2");
  }

  /** In a kernel, in a program and in the reference alike. */
  @ParameterizedTest
  @ValueSource(
      floats = {
        -1,
        3,
        0.5f,
        -0.25f,
        0x1p31f,
        -0x1p31f,
        Float.NaN,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY
      })
  void positionsThatAreNotRowsAreRefused(float position) {
    Tensor rows = Tensor.zeros(3, 2);
    for (Operation operation : List.of(new GatherRows(), new ScatterAddRows(3))) {
      Graph graph = new Graph();
      Node table = graph.record(new Leaf.Constant(rows), List.of());
      Tensor positions = Tensor.vector(0, 2, position);
      Node node =
          graph.record(
              operation, List.of(table, graph.record(new Leaf.Constant(positions), List.of())));
      String message = operation.label() + ": position ";
      String expected = "expected an integer from 0 to 2";

      for (ThrowingCallable way : waysToCompute(node)) {
        assertThatIllegalArgumentException()
            .isThrownBy(way)
            .withMessageContaining(message)
            .withMessageContaining(expected);
      }
    }
  }

  @Test
  void aPositionOfNegativeZeroIsTheFirstRow() {
    Graph graph = new Graph();
    Node table = graph.record(new Leaf.Constant(Tensor.vector(7, 8)), List.of());
    Node positions = graph.record(new Leaf.Constant(Tensor.vector(-0f, 1)), List.of());
    Node node = graph.record(new GatherRows(), List.of(table, positions));

    assertThat(new Evaluation(graph).value(node).toArray()).containsExactly(7, 8);
    assertThat(new Reference().value(node)).containsExactly(7, 8);
  }

  /** All ways to compute a node, each of which has to refuse what the operation does not take. */
  static List<ThrowingCallable> waysToCompute(Node node) {
    return List.of(
        () -> new Evaluation(node.graph()).value(node),
        () -> new Program(List.of(node), List.of()).run(),
        () -> new Reference().value(node));
  }
}
