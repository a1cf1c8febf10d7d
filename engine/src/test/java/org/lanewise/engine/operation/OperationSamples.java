package org.lanewise.engine.operation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.operation.OperationSample.Operand;
import org.lanewise.engine.random.Distribution;
import org.lanewise.engine.random.RandomStream;

/** Samples of every kind of operation over awkward shapes. */
public final class OperationSamples {
  /** None, one, and one less, as many and one more than lanes or partial results. */
  private static final int[] LENGTHS = {0, 1, 3, 4, 5, 7, 8, 9, 15, 16, 17, 63, 64, 65};

  /** One less, as many and one more than the elements or rows of a block of a reduction. */
  private static final int[] BLOCKS = {127, 128, 129, 4095, 4096, 4097, 8193};

  /** Operands of elementwise operations; operands beyond these are like the last. */
  private static final int[][][] BROADCASTS = {
    {{}, {}},
    {{}, {17}},
    {{17}, {}},
    {{5, 1}, {1, 7}},
    {{3, 1, 4}, {2, 1}},
    {{3, 1, 4}, {2, 1}, {3, 2, 4}},
    {{9, 1}, {9, 17}},
    {{9, 17}, {17}},
    {{9, 17}, {1, 17}},
    {{4}, {3, 4}, {3, 1}},
    {{2, 3, 1, 5}, {1, 3, 4, 1}},
    {{2, 1, 4, 1}, {2, 3, 4, 5}, {}},
    {{0, 3}, {3}},
    {{1}, {0}},
    {{2, 1}, {2, 0}},
    {{1, 1}, {1, 1, 1}},
    {{3, 1}, {1, 1100}},
  };

  private OperationSamples() {}

  /** The classes of operations, each once, without the sealed kinds that they belong to. */
  static List<Class<?>> kinds() {
    return kinds(Operation.class).toList();
  }

  private static Stream<Class<?>> kinds(Class<?> type) {
    return type.isSealed() && !type.isEnum()
        ? Stream.of(type.getPermittedSubclasses()).flatMap(OperationSamples::kinds)
        : Stream.of(type);
  }

  /** All samples whose sizes stay below those that are shared among threads. */
  public static List<OperationSample> all() {
    List<OperationSample> samples = new ArrayList<>();
    for (Elementwise operation : Elementwise.values()) {
      addElementwise(samples, operation);
    }
    addReductions(samples);
    addArgMax(samples);
    addMovements(samples);
    addConcatenations(samples);
    addMatrixProducts(samples);
    addRows(samples);
    addDraws(samples);
    addLeaves(samples);
    samples.add(OperationSample.of(new Twice(), Shape.of(3, 5)));
    return List.copyOf(samples);
  }

  /** Samples so large that their kernels share the work among threads. */
  public static List<OperationSample> parallel() {
    return List.of(
        OperationSample.of(Elementwise.MULTIPLY, Shape.of(33_001), Shape.of(33_001)),
        OperationSample.of(Elementwise.EXP, Shape.of(5, 6_601)),
        OperationSample.of(Elementwise.SUBTRACT, Shape.of(201, 1), Shape.of(201, 170)),
        OperationSample.of(Elementwise.DIVIDE, Shape.of(2, 33_001), Shape.of(33_001)),
        reduction(Reduction.Kind.SUM, Shape.of(2, 40_001), 1),
        reduction(Reduction.Kind.MAX, Shape.of(220, 301), 1),
        reduction(Reduction.Kind.SUM, Shape.of(330, 221), 0),
        reduction(Reduction.Kind.MIN, Shape.of(3, 700, 17), 1),
        reduction(Reduction.Kind.SUM, Shape.of(40, 30, 61), 0, 2),
        OperationSample.of(
            new MatrixProduct(false, true), 60, Shape.of(2, 81, 60), Shape.of(90, 60)),
        draw(Distribution.bernoulli(0.4), Shape.of(33, 1_001)));
  }

  /** One small sample for each way through a kernel, with whole vectors and a rest. */
  public static List<OperationSample> representatives() {
    List<OperationSample> samples = new ArrayList<>();
    samples.add(OperationSample.of(Elementwise.TANH, Shape.of(2, 19)));
    samples.add(OperationSample.of(Elementwise.DIVIDE, Shape.of(2, 19), Shape.of(2, 1)));
    samples.add(OperationSample.of(Elementwise.CLIP, Shape.of(2, 19), Shape.of(19), Shape.SCALAR));
    for (Reduction.Kind kind : Reduction.Kind.values()) {
      samples.add(reduction(kind, Shape.of(2, 99), 1));
      samples.add(reduction(kind, Shape.of(66, 19), 0));
    }
    samples.add(OperationSample.of(new ArgMax(1), Shape.of(3, 19)));
    samples.add(OperationSample.of(transpose(1, 0), Shape.of(3, 19)));
    samples.add(OperationSample.of(new BroadcastTo(Shape.of(3, 19)), Shape.of(19)));
    samples.add(OperationSample.of(new Concatenation(1, 2), Shape.of(3, 4), Shape.of(3, 5)));
    samples.add(
        OperationSample.of(new MatrixProduct(false, false), 9, Shape.of(7, 9), Shape.of(9, 19)));
    addRows(samples, 5, Shape.of(5, 19), Shape.of(9));
    samples.add(draw(Distribution.normal(), Shape.of(3, 19)));
    return samples;
  }

  private static void addElementwise(List<OperationSample> samples, Elementwise operation) {
    for (int n : LENGTHS) {
      Shape[] shapes = new Shape[operation.arity()];
      Arrays.fill(shapes, Shape.of(n));
      samples.add(OperationSample.of(operation, shapes));
    }
    for (int[][] broadcast : BROADCASTS) {
      Shape[] shapes = new Shape[operation.arity()];
      for (int i = 0; i < shapes.length; i++) {
        shapes[i] = Shape.of(broadcast[Math.min(i, broadcast.length - 1)]);
      }
      samples.add(OperationSample.of(operation, shapes));
    }
  }

  private static void addReductions(List<OperationSample> samples) {
    for (Reduction.Kind kind : Reduction.Kind.values()) {
      for (int n : IntStream.concat(Arrays.stream(LENGTHS), Arrays.stream(BLOCKS)).toArray()) {
        samples.add(reduction(kind, Shape.of(n), 0));
        samples.add(reduction(kind, Shape.of(3, n), 1));
        samples.add(reduction(kind, Shape.of(n, 1), 0));
        samples.add(reduction(kind, Shape.of(n, 3), 0));
        samples.add(reduction(kind, Shape.of(2, n, 5), 1));
        samples.add(reduction(kind, Shape.of(3, n), 0));
        samples.add(reduction(kind, Shape.of(n, 2, 3), 0, 2));
      }
      samples.add(reduction(kind, Shape.SCALAR));
      samples.add(reduction(kind, Shape.of(3, 4, 5)));
      samples.add(reduction(kind, Shape.of(3, 4, 5), 0, 1));
      samples.add(reduction(kind, Shape.of(3, 4, 5), 1, 2));
      samples.add(reduction(kind, Shape.of(3, 4, 5), 0, 2));
      samples.add(reduction(kind, Shape.of(3, 4, 5), 0, 1, 2));
      samples.add(reduction(kind, Shape.of(2, 3, 4, 5), 1, 3));
      samples.add(reduction(kind, Shape.of(2, 1, 4, 1), 1, 2, 3));
      samples.add(reduction(kind, Shape.of(2, 0, 3), 0, 2));
      samples.add(reduction(kind, Shape.of(2, 3, 0), 0, 2));
      samples.add(reduction(kind, Shape.of(0, 3, 2), 0, 2));
    }
  }

  /**
   * The elements along an axis meet within blocks, in at most 64 steps and 6 halvings, then block
   * by block; axes that are not neighbours one after the other.
   */
  private static OperationSample reduction(Reduction.Kind kind, Shape shape, Integer... axes) {
    int roundings = 0;
    for (int axis : axes) {
      int n = shape.dimension(axis);
      roundings += Math.min(n, 64 + 6 + Math.ceilDiv(n, 64));
    }
    boolean rounds = kind == Reduction.Kind.SUM;
    return OperationSample.of(new Reduction(kind, List.of(axes)), rounds ? roundings : 0, shape);
  }

  private static void addArgMax(List<OperationSample> samples) {
    for (int n : LENGTHS) {
      if (n > 0) {
        samples.add(OperationSample.of(new ArgMax(0), Shape.of(n)));
        samples.add(OperationSample.of(new ArgMax(1), Shape.of(3, n)));
        samples.add(OperationSample.of(new ArgMax(1), Shape.of(2, n, 3)));
      }
      samples.add(OperationSample.of(new ArgMax(1), Shape.of(n, 4)));
    }
    samples.add(OperationSample.of(new ArgMax(0), Shape.of(3, 0)));
  }

  private static void addMovements(List<OperationSample> samples) {
    samples.add(OperationSample.of(new ReshapeTo(Shape.of(4, 3, 1)), Shape.of(2, 6)));
    samples.add(OperationSample.of(new ReshapeTo(Shape.SCALAR), Shape.of(1, 1)));
    samples.add(OperationSample.of(new ReshapeTo(Shape.of(0, 7)), Shape.of(3, 0)));

    samples.add(OperationSample.of(transpose(), Shape.SCALAR));
    samples.add(OperationSample.of(transpose(0), Shape.of(5)));
    for (int n : LENGTHS) {
      samples.add(OperationSample.of(transpose(1, 0), Shape.of(n, 5)));
      samples.add(OperationSample.of(transpose(1, 0), Shape.of(33, n)));
      samples.add(OperationSample.of(transpose(0, 2, 1), Shape.of(2, n, 3)));
      samples.add(OperationSample.of(transpose(2, 1, 0), Shape.of(2, 3, n)));
    }
    for (List<Integer> permutation : permutations(List.of(0, 1, 2, 3))) {
      samples.add(OperationSample.of(new Transpose(permutation), Shape.of(2, 3, 4, 5)));
      samples.add(OperationSample.of(new Transpose(permutation), Shape.of(3, 1, 2, 1)));
    }

    samples.add(OperationSample.of(new BroadcastTo(Shape.of(2, 3)), Shape.SCALAR));
    samples.add(OperationSample.of(new BroadcastTo(Shape.of(3, 5, 7)), Shape.of(5, 1)));
    samples.add(OperationSample.of(new BroadcastTo(Shape.of(3, 5, 7)), Shape.of(3, 1, 7)));
    samples.add(OperationSample.of(new BroadcastTo(Shape.of(3, 5, 7)), Shape.of(3, 5, 7)));
    samples.add(OperationSample.of(new BroadcastTo(Shape.of(4, 0)), Shape.of(4, 1)));

    samples.add(OperationSample.of(slice(List.of(), List.of()), Shape.SCALAR));
    samples.add(OperationSample.of(slice(List.of(3), List.of(9)), Shape.of(17)));
    samples.add(OperationSample.of(slice(List.of(1, 2), List.of(2, 3)), Shape.of(4, 5)));
    samples.add(OperationSample.of(slice(List.of(0, 0), List.of(4, 5)), Shape.of(4, 5)));
    samples.add(OperationSample.of(slice(List.of(4, 5), List.of(0, 0)), Shape.of(4, 5)));
    samples.add(OperationSample.of(slice(List.of(1, 0, 2), List.of(1, 3, 2)), Shape.of(2, 3, 4)));

    samples.add(OperationSample.of(new Pad(List.of(), List.of()), Shape.SCALAR));
    samples.add(OperationSample.of(new Pad(List.of(3), List.of(9)), Shape.of(5)));
    samples.add(OperationSample.of(new Pad(List.of(1, 0), List.of(0, 2)), Shape.of(3, 4)));
    samples.add(OperationSample.of(new Pad(List.of(1, 2), List.of(3, 4)), Shape.of(0, 4)));
    samples.add(OperationSample.of(new Pad(List.of(0, 1, 2), List.of(2, 1, 0)), Shape.of(2, 3, 4)));
  }

  private static Transpose transpose(Integer... permutation) {
    return new Transpose(List.of(permutation));
  }

  private static Slice slice(List<Integer> starts, List<Integer> sizes) {
    return new Slice(starts, sizes);
  }

  private static List<List<Integer>> permutations(List<Integer> axes) {
    if (axes.isEmpty()) {
      return List.of(List.of());
    }
    List<List<Integer>> all = new ArrayList<>();
    for (Integer first : axes) {
      List<Integer> rest = new ArrayList<>(axes);
      rest.remove(first);
      for (List<Integer> permutation : permutations(rest)) {
        List<Integer> whole = new ArrayList<>(List.of(first));
        whole.addAll(permutation);
        all.add(Collections.unmodifiableList(whole));
      }
    }
    return all;
  }

  private static void addConcatenations(List<OperationSample> samples) {
    samples.add(OperationSample.of(new Concatenation(0, 1), Shape.of(3)));
    samples.add(OperationSample.of(new Concatenation(0, 3), Shape.of(3), Shape.of(0), Shape.of(9)));
    samples.add(OperationSample.of(new Concatenation(0, 2), Shape.of(2, 5), Shape.of(3, 5)));
    samples.add(OperationSample.of(new Concatenation(1, 2), Shape.of(4, 2), Shape.of(4, 7)));
    samples.add(
        OperationSample.of(
            new Concatenation(1, 3), Shape.of(2, 1, 3), Shape.of(2, 4, 3), Shape.of(2, 2, 3)));
    samples.add(OperationSample.of(new Concatenation(1, 2), Shape.of(0, 2), Shape.of(0, 3)));
  }

  private static void addMatrixProducts(List<OperationSample> samples) {
    int[][] sizes = {
      {1, 1, 1}, {0, 3, 2}, {3, 0, 2}, {3, 2, 0}, {5, 7, 9}, {17, 1, 65}, {1, 33, 4}, {16, 32, 64}
    };
    for (int[] size : sizes) {
      for (boolean left : new boolean[] {false, true}) {
        for (boolean right : new boolean[] {false, true}) {
          Shape a = left ? Shape.of(size[2], size[0]) : Shape.of(size[0], size[2]);
          Shape b = right ? Shape.of(size[1], size[2]) : Shape.of(size[2], size[1]);
          samples.add(OperationSample.of(new MatrixProduct(left, right), size[2], a, b));
        }
      }
    }
    MatrixProduct plain = new MatrixProduct(false, false);
    samples.add(OperationSample.of(plain, 4, Shape.of(2, 3, 4), Shape.of(4, 5)));
    samples.add(OperationSample.of(plain, 4, Shape.of(3, 4), Shape.of(2, 4, 5)));
    samples.add(OperationSample.of(plain, 4, Shape.of(6, 1, 3, 4), Shape.of(7, 4, 5)));
    samples.add(OperationSample.of(plain, 4, Shape.of(2, 1, 3, 4), Shape.of(2, 3, 4, 5)));
    samples.add(OperationSample.of(plain, 4, Shape.of(0, 3, 4), Shape.of(1, 4, 5)));
    samples.add(
        OperationSample.of(
            new MatrixProduct(true, true), 4, Shape.of(2, 1, 4, 3), Shape.of(3, 5, 4)));
  }

  private static void addRows(List<OperationSample> samples) {
    addRows(samples, 5, Shape.of(5, 3), Shape.of(9));
    addRows(samples, 5, Shape.of(5), Shape.of(9));
    addRows(samples, 1, Shape.of(1, 17), Shape.of(2, 3));
    addRows(samples, 5, Shape.of(5, 2, 3), Shape.of(4, 1));
    addRows(samples, 5, Shape.of(5, 3), Shape.SCALAR);
    addRows(samples, 5, Shape.of(5, 3), Shape.of(0));
    addRows(samples, 5, Shape.of(5, 0), Shape.of(4));
  }

  /** Gathers rows of a table, and scatters what has the shape of the gathered rows. */
  private static void addRows(
      List<OperationSample> samples, int rows, Shape table, Shape positions) {
    GatherRows gather = new GatherRows();
    Operand where = new Operand(positions, rows);
    Operand updates = new Operand(gather.resultShape(List.of(table, positions)), 0);
    samples.add(new OperationSample(gather, List.of(new Operand(table, 0), where), 0));
    samples.add(
        new OperationSample(new ScatterAddRows(rows), List.of(updates, where), positions.size()));
  }

  private static void addDraws(List<OperationSample> samples) {
    List<Distribution> distributions =
        List.of(
            Distribution.uniform(0, 1),
            Distribution.normal(),
            Distribution.truncatedNormal(1, 2),
            Distribution.bernoulli(0.25));
    for (Distribution distribution : distributions) {
      for (int n : LENGTHS) {
        samples.add(draw(distribution, Shape.of(n)));
        samples.add(draw(distribution, Shape.of(3, n)));
      }
      samples.add(draw(distribution, Shape.SCALAR));
    }
  }

  private static OperationSample draw(Distribution distribution, Shape shape) {
    Draw draw = new Draw(distribution, RandomStream.of(5).child("draw"), shape);
    return new OperationSample(draw, List.of(new Operand(Draw.COUNTER, 1 << 24)), 0);
  }

  private static void addLeaves(List<OperationSample> samples) {
    Tensor tensor = Tensor.view(new float[] {9, 1, 2, 3, 4, 9}, 1, Shape.of(2, 2));
    samples.add(OperationSample.of(new Leaf.Literal(0.25)));
    samples.add(OperationSample.of(new Leaf.Constant(tensor)));
    samples.add(OperationSample.of(new Leaf.Input("x", tensor)));
  }

  /** An operation of a user. */
  private record Twice() implements SameShape {
    @Override
    public String label() {
      return "twice";
    }

    @Override
    public void evaluate(List<Tensor> operands, Tensor result) {
      float[] x = operands.get(0).toArray();
      for (int i = 0; i < x.length; i++) {
        result.storage()[result.offset() + i] = 2 * x[i];
      }
    }

    @Override
    public double[] evaluateReference(List<double[]> operands, List<Shape> shapes) {
      return Arrays.stream(operands.get(0)).map(x -> 2 * x).toArray();
    }
  }
}
