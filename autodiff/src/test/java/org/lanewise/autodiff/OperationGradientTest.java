package org.lanewise.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.operation.ArgMax;
import org.lanewise.engine.operation.BroadcastTo;
import org.lanewise.engine.operation.Concatenation;
import org.lanewise.engine.operation.Draw;
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
import org.lanewise.engine.random.Distribution;
import org.lanewise.engine.random.RandomStream;

/** The gradients of every kind of operation, at sample operands. */
class OperationGradientTest {
  private static final long SEED = 20261123;

  /**
   * An operation to check.
   *
   * @param operation the operation
   * @param inputs what gradients are taken by: the first operands, as far as it has operands
   * @param constants the other operands
   */
  record Sample(Operation operation, List<Tensor> inputs, List<Tensor> constants) {
    @Override
    public String toString() {
      return operation + " of " + inputs.stream().map(Tensor::shape).toList();
    }

    Variable record(List<Variable> variables) {
      List<Variable> operands = new ArrayList<>(variables);
      Tape tape = variables.get(0).tape();
      constants.forEach(constant -> operands.add(tape.constant(constant)));
      return tape.record(
          operation, operands.subList(0, operation.arity()).toArray(Variable[]::new));
    }
  }

  static List<Sample> samples() {
    Points points = new Points(SEED);
    List<Sample> samples = new ArrayList<>();
    // Leaves do not depend on anything: gradients by an unrelated input are zeros.
    add(samples, new Leaf.Literal(2.5), points.uniform(3));
    add(samples, new Leaf.Constant(points.uniform(2, 3)), points.uniform(3));
    add(samples, new Leaf.Input("other", points.uniform(2)), points.uniform(3));
    add(samples, Elementwise.MULTIPLY, points.uniform(3), points.uniform(2, 1));
    reductions(samples, points);
    movements(samples, points);
    matrixProducts(samples, points);
    rows(samples, points);
    add(samples, new Cube(Cube.Mistake.NONE), points.uniform(17));
    return samples;
  }

  private static void add(List<Sample> samples, Operation operation, Tensor... inputs) {
    samples.add(new Sample(operation, List.of(inputs), List.of()));
  }

  private static void reductions(List<Sample> samples, Points points) {
    for (Reduction.Kind kind : Reduction.Kind.values()) {
      for (int chosen = 0; chosen < 8; chosen++) {
        List<Integer> axes = new ArrayList<>();
        for (int axis = 0; axis < 3; axis++) {
          if ((chosen >> axis & 1) != 0) {
            axes.add(axis);
          }
        }
        add(samples, new Reduction(kind, axes), points.uniform(3, 2, 4));
        if (kind == Reduction.Kind.SUM || !axes.contains(1)) {
          add(samples, new Reduction(kind, axes), points.uniform(2, 0, 3));
        }
      }
      add(samples, new Reduction(kind, List.of()), points.uniform());
      for (int n : new int[] {1, 7, 8, 9, 15, 16, 17, 130}) {
        add(samples, new Reduction(kind, List.of(0)), points.uniform(n));
      }
    }
  }

  private static void movements(List<Sample> samples, Points points) {
    add(samples, new ReshapeTo(Shape.of(3, 4)), points.uniform(2, 6));
    add(samples, new ReshapeTo(Shape.SCALAR), points.uniform(1, 1));
    add(samples, new ReshapeTo(Shape.of(0, 5)), points.uniform(0));
    for (List<Integer> order :
        List.of(List.of(0, 1, 2), List.of(2, 1, 0), List.of(1, 2, 0), List.of(2, 0, 1))) {
      add(samples, new Transpose(order), points.uniform(2, 3, 4));
    }
    add(samples, new Transpose(List.of(1, 0)), points.uniform(9, 17));
    add(samples, new Transpose(List.of(1, 0)), points.uniform(0, 3));
    add(samples, new Transpose(List.of()), points.uniform());
    add(samples, new BroadcastTo(Shape.of(2, 3)), points.uniform(3));
    add(samples, new BroadcastTo(Shape.of(4, 2, 3)), points.uniform(2, 1));
    add(samples, new BroadcastTo(Shape.of(2, 2)), points.uniform());
    add(samples, new BroadcastTo(Shape.of(0, 3)), points.uniform(1, 3));
    add(samples, new Slice(List.of(1, 0), List.of(2, 3)), points.uniform(4, 3));
    add(samples, new Slice(List.of(1, 2), List.of(2, 1)), points.uniform(4, 3));
    add(samples, new Slice(List.of(4), List.of(0)), points.uniform(4));
    add(samples, new Slice(List.of(), List.of()), points.uniform());
    add(samples, new Pad(List.of(1, 0), List.of(0, 2)), points.uniform(2, 3));
    add(samples, new Pad(List.of(0), List.of(0)), points.uniform(9));
    add(samples, new Pad(List.of(2), List.of(1)), points.uniform(0));
    add(samples, new Concatenation(0, 1), points.uniform(3));
    add(samples, new Concatenation(0, 2), points.uniform(2, 3), points.uniform(1, 3));
    add(
        samples,
        new Concatenation(1, 3),
        points.uniform(2, 8),
        points.uniform(2, 0),
        points.uniform(2, 9));
  }

  private static void matrixProducts(List<Sample> samples, Points points) {
    int[][] sizes = {{3, 4, 5}, {1, 4, 1}, {3, 0, 2}, {0, 2, 3}, {1, 1, 1}, {17, 9, 15}};
    int[][][] batches = {{{}, {}}, {{2}, {}}, {{}, {2}}, {{2, 1}, {3}}, {{1}, {0}}};
    for (int[] size : sizes) {
      for (int[][] batch : size[0] == 3 ? batches : new int[][][] {{{}, {}}}) {
        for (boolean left : new boolean[] {false, true}) {
          for (boolean right : new boolean[] {false, true}) {
            Tensor a = points.uniform(matrix(batch[0], size[0], size[1], left));
            Tensor b = points.uniform(matrix(batch[1], size[1], size[2], right));
            add(samples, new MatrixProduct(left, right), a, b);
          }
        }
      }
    }
  }

  private static int[] matrix(int[] batch, int rows, int columns, boolean transposed) {
    int[] dimensions = Arrays.copyOf(batch, batch.length + 2);
    dimensions[batch.length] = transposed ? columns : rows;
    dimensions[batch.length + 1] = transposed ? rows : columns;
    return dimensions;
  }

  private static void rows(List<Sample> samples, Points points) {
    Tensor positions = Tensor.of(new float[] {3, 0, 3, 1}, 2, 2);
    for (int[] row : new int[][] {{}, {1}, {9}, {2, 3}, {0}}) {
      int[] table = concatenated(new int[] {4}, row);
      int[] updates = concatenated(new int[] {2, 2}, row);
      samples.add(new Sample(new GatherRows(), List.of(points.uniform(table)), List.of(positions)));
      samples.add(
          new Sample(new ScatterAddRows(5), List.of(points.uniform(updates)), List.of(positions)));
    }
    Tensor none = Tensor.zeros(0);
    samples.add(new Sample(new GatherRows(), List.of(points.uniform(4, 3)), List.of(none)));
    samples.add(new Sample(new ScatterAddRows(4), List.of(points.uniform(0, 3)), List.of(none)));
  }

  private static int[] concatenated(int[] first, int[] second) {
    return Stream.of(first, second).flatMapToInt(Arrays::stream).toArray();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void gradients(Sample sample) {
    GradientReport report =
        GradientCheck.of(sample::record)
            .kernelTolerance(1e-5)
            .elements(40)
            .seed(SEED)
            .check(sample.inputs().toArray(Tensor[]::new));
    assertThat(report.passes()).as("%s: %s", sample, report).isTrue();
  }

  @Test
  void noGradientFlowsToTheCounterOfDraws() {
    Tape tape = new Tape();
    Variable counter = tape.input("step", Tensor.vector(3, 0));
    Draw draw = new Draw(Distribution.normal(), RandomStream.of(1), Shape.of(2, 3));
    Variable x = tape.input("x", Tensor.vector(1, 2, 3));
    Variable drawn = tape.record(draw, counter);
    Gradients gradients = tape.gradients(drawn.multiply(x).sum(), x, counter);

    assertThat(gradients.of(counter).value().toArray()).containsExactly(0, 0);
    assertThat(gradients.of(x).value().toArray()).isEqualTo(drawn.sum(0).value().toArray());
  }

  @Test
  void everyKindOfOperationHasASample() {
    List<Sample> samples = samples();
    assertThat(kinds(Operation.class))
        .hasSizeGreaterThan(10)
        .allSatisfy(
            kind ->
                assertThat(
                        kind == ArgMax.class
                            || kind == Draw.class
                            || samples.stream().anyMatch(of(kind)))
                    .as("a sample of %s", kind)
                    .isTrue());
  }

  /** The classes at the leaves of a sealed hierarchy. */
  private static Stream<Class<?>> kinds(Class<?> type) {
    return type.isSealed() && !type.isEnum()
        ? Stream.of(type.getPermittedSubclasses()).flatMap(OperationGradientTest::kinds)
        : Stream.of(type);
  }

  private static Predicate<Sample> of(Class<?> kind) {
    return sample -> kind.isInstance(sample.operation());
  }
}
