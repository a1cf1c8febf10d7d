package org.lanewise.engine.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.operation.Elementwise;
import org.lanewise.engine.operation.Interval;
import org.lanewise.engine.operation.Leaf;
import org.lanewise.engine.operation.MatrixProduct;
import org.lanewise.engine.operation.Operation;
import org.lanewise.engine.operation.Reduction;
import org.lanewise.engine.operation.ReshapeTo;

/**
 * A program drawn from a seed: chains of operations over matrices, rows, columns and scalars that
 * broadcast to each other, with reductions, products, reshapes and assignments in between.
 */
final class GeneratedProgram {
  private static final int[] ROWS = {1, 2, 7, 50, 64, 65, 130};
  private static final int[] COLUMNS = {1, 3, 8, 17, 64, 100, 300, 4099};
  private static final int[] BREADTHS = {1, 2, 8, 33, 100};
  private static final int OPERATIONS = 30;

  /** Multiplications of a product, and elements of one of several matrices, at most. */
  private static final long LARGEST_PRODUCT = 8_000_000;

  private static final int LARGEST_BATCHED = 20_000;

  final long seed;
  final Graph graph = new Graph();
  final List<Node> inputs = new ArrayList<>();
  final List<Node> results = new ArrayList<>();
  final List<Assignment> assignments = new ArrayList<>();

  private final Random random;
  private final List<Node> values = new ArrayList<>();

  private GeneratedProgram(long seed) {
    this.seed = seed;
    random = new Random(seed);
    int rows = ROWS[random.nextInt(ROWS.length)];
    int columns = COLUMNS[random.nextInt(COLUMNS.length)];
    for (Shape shape :
        List.of(
            Shape.of(rows, columns),
            Shape.of(rows, columns),
            Shape.of(1, columns),
            Shape.of(columns),
            Shape.of(rows, 1),
            Shape.SCALAR)) {
      values.add(input(shape));
    }
    values.add(record(new Leaf.Literal(1)));
    values.add(record(new Leaf.Literal(0.25)));
    for (int i = 0; i < OPERATIONS; i++) {
      values.add(next());
    }
    for (int i = 0; i < 3; i++) {
      results.add(any());
    }
    results.add(values.get(values.size() - 1));
    for (Node input : inputs) {
      List<Node> fitting =
          Stream.concat(values.stream(), inputs.stream())
              .filter(value -> value.shape().equals(input.shape()))
              .toList();
      if (random.nextBoolean()) {
        assignments.add(new Assignment(input, fitting.get(random.nextInt(fitting.size()))));
      }
    }
    for (Assignment assignment : assignments) {
      if (random.nextInt(4) == 0) {
        Shape flat = Shape.of(assignment.value().shape().size());
        results.add(record(new ReshapeTo(flat), assignment.value()));
      }
    }
  }

  static GeneratedProgram of(long seed) {
    return new GeneratedProgram(seed);
  }

  private Node input(Shape shape) {
    Tensor tensor = Tensor.zeros(shape);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.array()[i] = 4 * random.nextFloat() - 2;
    }
    Node input = record(new Leaf.Input("input" + inputs.size(), tensor));
    inputs.add(input);
    return input;
  }

  private Node record(Operation operation, Node... operands) {
    return graph.record(operation, List.of(operands));
  }

  private Node any() {
    // Mostly what was computed lately, so that chains grow long.
    int last = values.size() - 1;
    return values.get(
        random.nextBoolean() ? Math.max(0, last - random.nextInt(4)) : random.nextInt(last + 1));
  }

  private Node next() {
    Node x = any();
    int rank = x.shape().rank();
    switch (random.nextInt(10)) {
      case 0 -> {
        List<Integer> axes = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
          if (random.nextBoolean()) {
            axes.add(axis);
          }
        }
        Reduction.Kind[] kinds = Reduction.Kind.values();
        Reduction.Kind kind = kinds[random.nextInt(kinds.length)];
        return tamed(record(new Reduction(kind, axes), x));
      }
      case 1, 2 -> {
        if (rank >= 2) {
          return layer(x);
        }
      }
      case 3 -> {
        Node flat = record(new ReshapeTo(Shape.of(x.shape().size())), x);
        return record(new ReshapeTo(x.shape()), record(Elementwise.NEGATE, flat));
      }
      default -> {}
    }
    return elementwise();
  }

  /** A product that others may need too, and what follows it at once. */
  private Node layer(Node x) {
    Node product = product(x);
    if (random.nextInt(4) == 0) {
      results.add(product);
    }
    if (random.nextInt(8) == 0) {
      results.add(record(new ReshapeTo(Shape.of(product.shape().size())), product));
    }
    Node scaled = record(Elementwise.MULTIPLY, product, record(new Leaf.Literal(0.125)));
    if (random.nextInt(4) == 0) {
      Node bias = input(Shape.of(product.shape().dimension(-1)));
      values.add(tamed(record(Elementwise.ADD, scaled, bias)));
    }
    List<Node> fitting =
        values.stream().filter(each -> fits(each.shape(), product.shape())).toList();
    Node other = fitting.get(random.nextInt(fitting.size()));
    return tamed(record(Elementwise.ADD, scaled, other));
  }

  /** A product of a value with itself or with new weights, or one of no terms. */
  private Node product(Node x) {
    boolean left = random.nextBoolean();
    boolean right = random.nextBoolean();
    int rows = x.shape().dimension(left ? -1 : -2);
    int depth = x.shape().dimension(left ? -2 : -1);
    int columns = random.nextBoolean() ? rows : BREADTHS[random.nextInt(BREADTHS.length)];
    if (random.nextInt(20) == 0 || (long) x.shape().size() * columns > LARGEST_PRODUCT) {
      depth = 0;
      x = input(left ? Shape.of(0, rows) : Shape.of(rows, 0));
    }
    if (columns == rows && random.nextBoolean()) {
      return record(new MatrixProduct(left, !left), x, x);
    }
    Shape weights = right ? Shape.of(columns, depth) : Shape.of(depth, columns);
    if (random.nextInt(4) == 0 && rows * columns <= LARGEST_BATCHED && x.shape().rank() == 2) {
      weights = Shape.of(3, weights.dimension(0), weights.dimension(1));
    }
    return record(new MatrixProduct(left, right), x, input(weights));
  }

  private Node elementwise() {
    Elementwise[] all = Elementwise.values();
    Elementwise operation = all[random.nextInt(all.length)];
    List<Node> operands = new ArrayList<>();
    Shape shape = Shape.SCALAR;
    while (operands.size() < operation.arity()) {
      Node operand = any();
      if (fits(shape, operand.shape())) {
        shape = shape.broadcast("generated", operand.shape());
        boolean restricted =
            !operation.domain(operands.size()).equals(Interval.REAL)
                || (operation == Elementwise.DIVIDE && operands.size() == 1);
        operands.add(restricted ? positive(operand) : operand);
      }
    }
    return tamed(graph.record(operation, operands));
  }

  private static boolean fits(Shape a, Shape b) {
    int rank = Math.min(a.rank(), b.rank());
    for (int axis = 1; axis <= rank; axis++) {
      int x = a.dimension(-axis);
      int y = b.dimension(-axis);
      if (x != y && x != 1 && y != 1) {
        return false;
      }
    }
    return true;
  }

  private Node positive(Node x) {
    return record(Elementwise.ADD, record(Elementwise.ABS, x), record(new Leaf.Literal(0.5)));
  }

  /** Numbers that stay in a range where nothing overflows. */
  private Node tamed(Node x) {
    return record(Elementwise.CLIP, x, record(new Leaf.Literal(-3)), record(new Leaf.Literal(3)));
  }

  /** The tensor of an input. */
  static Tensor tensor(Node input) {
    return ((Leaf.Input) input.operation()).tensor();
  }

  /** The bits that results and assigned inputs have after some runs, by the eager kernels. */
  List<Long> eagerBits(int runs) {
    List<Long> bits = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      Evaluation evaluation = new Evaluation(graph);
      results.forEach(result -> bits.add(bits(evaluation.value(result))));
      List<Tensor> next =
          assignments.stream().map(each -> evaluation.value(each.value()).copy()).toList();
      for (int i = 0; i < next.size(); i++) {
        tensor(assignments.get(i).input()).copyFrom(next.get(i));
      }
      inputs.forEach(input -> bits.add(bits(tensor(input))));
    }
    return bits;
  }

  /** The same by a program. */
  List<Long> programBits(int runs) {
    List<Long> bits = new ArrayList<>();
    Program program = new Program(results, assignments);
    for (int run = 0; run < runs; run++) {
      program.run();
      results.forEach(result -> bits.add(bits(program.value(result))));
      inputs.forEach(input -> bits.add(bits(tensor(input))));
    }
    return bits;
  }

  /** How many elements the largest value has. */
  int size() {
    return graph.nodes().stream().mapToInt(node -> node.shape().size()).max().orElseThrow();
  }

  /** A hash of 64 bits: in one of 32 two changed signs make no difference. */
  private static long bits(Tensor tensor) {
    long bits = 1;
    for (float element : tensor.toArray()) {
      bits = 31 * bits + Float.floatToIntBits(element);
    }
    return bits;
  }

  /**
   * Prints the bits of the programs of some seeds: from the first argument on, as many as the
   * second.
   */
  public static void main(String[] arguments) {
    long first = Long.parseLong(arguments[0]);
    for (long seed = first; seed < first + Long.parseLong(arguments[1]); seed++) {
      System.out.println(seed + " " + of(seed).programBits(2));
    }
  }
}
