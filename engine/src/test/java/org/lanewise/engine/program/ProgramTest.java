package org.lanewise.engine.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.operation.ArgMax;
import org.lanewise.engine.operation.BroadcastTo;
import org.lanewise.engine.operation.Elementwise;
import org.lanewise.engine.operation.GatherRows;
import org.lanewise.engine.operation.Leaf;
import org.lanewise.engine.operation.MatrixProduct;
import org.lanewise.engine.operation.Operation;
import org.lanewise.engine.operation.OperationSample;
import org.lanewise.engine.operation.OperationSamples;
import org.lanewise.engine.operation.Reduction;
import org.lanewise.engine.operation.ReshapeTo;
import org.lanewise.engine.operation.ScatterAddRows;
import org.lanewise.engine.operation.Transpose;

class ProgramTest {
  private static final long SEED = 20_261_123;

  private final Graph graph = new Graph();

  private Node input(String name, Tensor tensor) {
    return graph.record(new Leaf.Input(name, tensor), List.of());
  }

  private Node record(Operation operation, Node... operands) {
    return graph.record(operation, List.of(operands));
  }

  private static Program run(List<Node> results, Assignment... assignments) {
    Program program = new Program(results, List.of(assignments));
    program.run();
    return program;
  }

  @Test
  void everyRunReadsWhatTheInputsHold() {
    Tensor tensor = Tensor.vector(1, 2);
    Node y = record(Elementwise.MULTIPLY, input("x", tensor), record(new Leaf.Literal(10)));
    Program program = run(List.of(y));
    Tensor value = program.value(y);
    assertThat(value.toArray()).containsExactly(10, 20);

    tensor.copyFrom(Tensor.vector(3, 4));
    assertThat(value.toArray()).containsExactly(10, 20);
    program.run();
    assertThat(program.value(y)).isSameAs(value);
    assertThat(value.toArray()).containsExactly(30, 40);
  }

  /** What a run leaves behind must not show in the next: operands change, stale results go. */
  @Test
  void replaysHaveTheBitsOfAnEvaluation() {
    List<String> failures = new ArrayList<>();
    for (OperationSample sample : OperationSamples.all()) {
      if (sample.size() > 1000) {
        continue;
      }
      Random random = new Random(SEED);
      List<Tensor> operands = sample.draw(random);
      Graph sampleGraph = new Graph();
      Node y = sample.record(sampleGraph, operands);
      Program program = new Program(List.of(y), List.of());
      for (int run = 0; run < 2; run++) {
        program.run();
        if (!program.value(y).sameElements(new Evaluation(sampleGraph).value(y))) {
          failures.add("run " + run + " of " + sample);
        }
        List<Tensor> next = sample.draw(random);
        for (int i = 0; i < next.size(); i++) {
          operands.get(i).copyFrom(next.get(i));
        }
      }
    }
    assertThat(failures).as("seed %d", SEED).isEmpty();
  }

  @Test
  void assignmentsHappenAtTheEnd() {
    Tensor tensor = Tensor.vector(1, 2);
    Node x = input("x", tensor);
    Node next = record(Elementwise.ADD, x, record(new Leaf.Literal(1)));
    Node later = record(Elementwise.NEGATE, x);
    Program program = run(List.of(later), new Assignment(x, next));

    assertThat(tensor.toArray()).containsExactly(2, 3);
    assertThat(program.value(later).toArray()).containsExactly(-1, -2);
    program.run();
    assertThat(tensor.toArray()).containsExactly(3, 4);
  }

  @Test
  void inputsCanBeExchanged() {
    Tensor first = Tensor.vector(1, 2);
    Tensor second = Tensor.vector(3, 4);
    Node a = input("a", first);
    Node b = input("b", second);
    Program program = run(List.of(), new Assignment(a, b), new Assignment(b, a));
    assertThat(first.toArray()).containsExactly(3, 4);
    assertThat(second.toArray()).containsExactly(1, 2);

    program.run();
    assertThat(first.toArray()).containsExactly(1, 2);
    assertThat(second.toArray()).containsExactly(3, 4);
  }

  @Test
  void reshapesOfInputsCanBeExchanged() {
    Tensor row = Tensor.matrix(new float[] {1, 2});
    Tensor column = Tensor.matrix(new float[] {3}, new float[] {4});
    Node a = input("a", row);
    Node b = input("b", column);
    run(
        List.of(),
        new Assignment(a, record(new ReshapeTo(Shape.of(1, 2)), b)),
        new Assignment(b, record(new ReshapeTo(Shape.of(2, 1)), a)));

    assertThat(row.toArray()).containsExactly(3, 4);
    assertThat(column.toArray()).containsExactly(1, 2);
  }

  @Test
  void anInputCanBeAssignedItself() {
    Tensor tensor = Tensor.vector(1, 2);
    Node x = input("x", tensor);
    run(List.of(), new Assignment(x, x));

    assertThat(tensor.toArray()).containsExactly(1, 2);
  }

  @Test
  void oneValueCanBeAssignedToSeveralInputs() {
    Tensor first = Tensor.scalar(1);
    Tensor second = Tensor.scalar(2);
    Node a = input("a", first);
    Node b = input("b", second);
    Node sum = record(Elementwise.ADD, a, b);
    run(List.of(), new Assignment(a, sum), new Assignment(b, sum));

    assertThat(first.item()).isEqualTo(3);
    assertThat(second.item()).isEqualTo(3);
  }

  @Test
  void partsOfOneArrayAreInputsOfTheirOwn() {
    float[] array = {1, 2, 3, 4};
    Node head = input("head", Tensor.view(array, 0, Shape.of(2)));
    Node tail = input("tail", Tensor.view(array, 2, Shape.of(2)));
    run(List.of(), new Assignment(head, tail), new Assignment(tail, head));

    assertThat(array).containsExactly(3, 4, 1, 2);
  }

  @Test
  void anElementCannotBeAssignedTwice() {
    float[] array = {1, 2, 3, 4};
    Node whole = input("whole", Tensor.of(array, 4));
    Node same = input("same", Tensor.of(array, 4));
    Node last = input("last", Tensor.view(array, 3, Shape.of(1)));
    Node one = record(new Leaf.Constant(Tensor.vector(1)));

    for (Node first : List.of(whole, same)) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  new Program(
                      List.of(), List.of(new Assignment(first, same), new Assignment(same, first))))
          .withMessage(
              String.format(
                  Locale.ROOT,
                  "program: %s is assigned twice, its elements already as %s",
                  same,
                  first));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Program(
                    List.of(), List.of(new Assignment(last, one), new Assignment(whole, same))))
        .withMessage(
            String.format(
                Locale.ROOT,
                "program: %s is assigned twice, its elements already as %s",
                whole,
                last));
  }

  @Test
  void tensorsWithoutElementsOverlapNothing() {
    float[] array = {1, 2, 3, 4};
    Node whole = input("whole", Tensor.of(array, 4));
    Node empty = input("empty", Tensor.view(array, 2, Shape.of(0)));
    Node doubled = record(Elementwise.ADD, whole, whole);
    run(List.of(), new Assignment(whole, doubled), new Assignment(empty, empty));

    assertThat(array).containsExactly(2, 4, 6, 8);
  }

  @Test
  void onlyInputsCanBeAssignedTo() {
    Node constant = record(new Leaf.Constant(Tensor.vector(1, 2)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Assignment(constant, constant))
        .withMessage("assignment: expected an input to assign to, was %0 = constant [2]");
  }

  @Test
  void anAssignmentKeepsTheShape() {
    Node x = input("x", Tensor.vector(1, 2));
    Node y = input("y", Tensor.zeros(2, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Assignment(x, y))
        .withMessage("assignment: %0 = input x [2] cannot take a value of shape [2, 1]");
  }

  @Test
  void onlyWhatIsNeededIsComputedAndThatOnce() {
    Tensor tensor = Tensor.vector(1, 2);
    CountedCopy needed = new CountedCopy();
    CountedCopy assigned = new CountedCopy();
    CountedCopy unneeded = new CountedCopy();
    Node x = input("x", tensor);
    Node y = record(needed, x);
    Node z = record(assigned, y);
    record(unneeded, y);
    Node sum = record(Elementwise.ADD, y, y);
    Program program = new Program(List.of(sum, y), List.of(new Assignment(x, z)));
    assertThat(needed.runs).isZero();

    program.run();
    program.run();
    assertThat(needed.runs).isEqualTo(2);
    assertThat(assigned.runs).isEqualTo(2);
    assertThat(unneeded.runs).isZero();
  }

  @Test
  void aResultCanBeAnInputOrAReshapeOfOne() {
    Tensor tensor = Tensor.vector(1, 2);
    Node x = input("x", tensor);
    Node column = record(new ReshapeTo(Shape.of(2, 1)), x);
    Program program = run(List.of(x, column));

    assertThat(program.value(x)).isSameAs(tensor);
    assertThat(program.value(column).array()).isSameAs(tensor.array());
    assertThat(program.value(column).shape()).isEqualTo(Shape.of(2, 1));
  }

  /** The value of a node is what it was in the run, not what an assignment made of it. */
  @Test
  void aResultThatLooksAtAnAssignedInputIsItsValueBefore() {
    Tensor tensor = Tensor.vector(1, 2);
    Node x = input("x", tensor);
    Node column = record(new ReshapeTo(Shape.of(2, 1)), x);
    Node next = record(Elementwise.ADD, x, record(new Leaf.Literal(1)));
    Program program = new Program(List.of(x, column, next), List.of(new Assignment(x, next)));
    Tensor value = program.value(x);
    for (int run = 0; run < 2; run++) {
      program.run();
      assertThat(value.toArray()).containsExactly(1 + run, 2 + run);
      assertThat(program.value(column).toArray()).containsExactly(1 + run, 2 + run);
      assertThat(program.value(next).toArray()).containsExactly(2 + run, 3 + run);
      assertThat(tensor.toArray()).containsExactly(2 + run, 3 + run);
    }
    assertThat(program.value(x)).isSameAs(value);
  }

  @Test
  void anAssignedValueCanBeSeenByAResult() {
    Tensor tensor = Tensor.vector(1, 2);
    Node x = input("x", tensor);
    Node next = record(Elementwise.ADD, x, record(new Leaf.Literal(1)));
    Node column = record(new ReshapeTo(Shape.of(2, 1)), next);
    Program program = run(List.of(column), new Assignment(x, next));
    Tensor value = program.value(column);

    assertThat(tensor.toArray()).containsExactly(2, 3);
    tensor.copyFrom(Tensor.vector(7, 8));
    assertThat(value.toArray()).containsExactly(2, 3);
  }

  @Test
  void aFailedRunAssignsNothing() {
    Tensor state = Tensor.scalar(1);
    Tensor position = Tensor.scalar(5);
    Node x = input("x", state);
    Node table = record(new Leaf.Constant(Tensor.vector(7, 8)));
    Node row = record(new GatherRows(), table, input("position", position));
    Program program = new Program(List.of(row), List.of(new Assignment(x, row)));

    assertThatIllegalArgumentException().isThrownBy(program::run);
    assertThat(state.item()).isEqualTo(1);
    position.array()[0] = 1;
    program.run();
    assertThat(state.item()).isEqualTo(8);
  }

  @Test
  void aProgramComputesSomething() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Program(List.of(), List.of()))
        .withMessage("program: expected a result or an assignment, was none");
  }

  @Test
  void aProgramIsOfOneGraph() {
    Node x = input("x", Tensor.scalar(1));
    Graph other = new Graph();
    Node y = other.record(new Leaf.Input("y", Tensor.scalar(2)), List.of());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Program(List.of(x, y), List.of()))
        .withMessage("program: the node %0 = input y [] was recorded on another tape");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Program(List.of(x), List.of(new Assignment(y, y))))
        .withMessageContaining("another tape");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Program(List.of(), List.of(new Assignment(x, y))))
        .withMessageContaining("another tape");
  }

  @Test
  void onlyWhatAProgramComputesHasAValue() {
    Node x = input("x", Tensor.scalar(1));
    Node unneeded = record(Elementwise.EXP, x);
    Program program = run(List.of(x));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> program.value(unneeded))
        .withMessage("program: %1 = exp(%0) [] is not among the results");
  }

  @Test
  void repeatedNumbersAreFoldedIntoWhatIsNoLoop() {
    Node quarters =
        record(new BroadcastTo(Shape.of(5, 3)), graph.record(new Leaf.Literal(0.25), List.of()));
    Node sum = record(new Reduction(Reduction.Kind.SUM, List.of(0)), quarters);
    Program program = new Program(List.of(sum), List.of());
    program.run();
    assertThat(program.value(sum).toArray()).containsExactly(1.25f, 1.25f, 1.25f);
    assertThat(program.explain()).contains("in 0 steps");
  }

  @Test
  void aProgramExplainsItself() {
    Tensor tensor = Tensor.zeros(3, 4);
    Node x = input("x", tensor);
    Node twice = record(Elementwise.ADD, x, x);
    Node same = record(Elementwise.ADD, x, x);
    Node y = record(Elementwise.MULTIPLY, twice, same);
    Node sum = record(new Reduction(Reduction.Kind.SUM, List.of(0)), y);
    String listing = new Program(List.of(sum), List.of()).explain();

    assertThat(listing.lines().toList())
        .hasSize(7)
        .satisfies(
            lines -> {
              assertThat(lines.get(0)).contains("5 operations in 1 steps, 1 of them fused loops");
              assertThat(lines.get(1)).contains("a run: 36 flop");
              assertThat(lines.get(3)).contains("[3, 4]", "36 flop", "64 B", "%3 ← x");
              assertThat(lines.get(4)).contains("%1 = add(x, x)");
              assertThat(lines.get(5)).contains("%2 = multiply(%1, %1)");
              assertThat(lines.get(6)).contains("%3 = sum(%2)");
            });
  }

  @Test
  void measuredRunsTellTheTimeOfEachStep() {
    Node x = input("x", Tensor.zeros(64, 64));
    Node product = record(new MatrixProduct(false, false), x, x);
    Node sum = record(new Reduction(Reduction.Kind.SUM, List.of(0)), product);
    Program program = new Program(List.of(sum), List.of());
    program.run();
    assertThat(program.explain()).doesNotContain("µs");

    program.measure(true);
    assertThat(program.explain()).doesNotContain("µs");
    program.run();
    program.run();
    String listing = program.explain();
    assertThat(listing).containsPattern("[1-9][0-9.]* µs in its steps, the mean of 2 runs");
    double share =
        Pattern.compile("µs +([0-9.]+) %")
            .matcher(listing)
            .results()
            .mapToDouble(match -> Double.parseDouble(match.group(1)))
            .sum();
    assertThat(share).isCloseTo(100, within(0.2));

    program.measure(false);
    program.run();
    assertThat(program.explain()).doesNotContain("µs");
  }

  @Test
  void aListingCountsWhatIsComparedAndAddedUp() {
    Node x = input("x", Tensor.zeros(3, 4));
    Node positions = record(new ArgMax(1), x);
    Node rows = record(new ScatterAddRows(5), x, record(new ReshapeTo(Shape.of(3)), positions));
    Node turned = record(new Transpose(List.of(1, 0)), rows);
    String listing = new Program(List.of(turned), List.of()).explain();

    assertThat(listing.lines())
        .satisfiesOnlyOnce(line -> assertThat(line).contains("a run: 24 flop"))
        .satisfiesOnlyOnce(line -> assertThat(line).contains("12 flop", "%1 ← x"))
        .satisfiesOnlyOnce(line -> assertThat(line).contains("12 flop", "%3 ← x, %1"))
        .satisfiesOnlyOnce(line -> assertThat(line).contains(" 0 flop", "%4 ← %3"));
  }

  @Test
  void conditionsAndNumbersAreNotComputedAgain() {
    Node x = input("x", Tensor.zeros(3, 4));
    Node zero = record(new Leaf.Literal(0));
    Node positive = record(Elementwise.GREATER, x, zero);
    Node chosen = record(Elementwise.NOT_EQUAL, positive, zero);
    Node one = record(new ReshapeTo(Shape.of(1, 1)), record(new Leaf.Literal(1)));
    Node ones = record(new BroadcastTo(Shape.of(3, 4)), one);
    Node y = record(Elementwise.SELECT, chosen, record(Elementwise.MULTIPLY, ones, x), zero);
    String listing = new Program(List.of(y), List.of()).explain();

    assertThat(listing).contains("= greater(x, 0.0)").doesNotContain("not_equal", "multiply");
  }

  @Test
  void anOperandBroadcastsWithoutItsLeadingAxes() {
    Node x = input("x", Tensor.zeros(3, 4));
    Node row = record(Elementwise.EXP, input("row", Tensor.zeros(4)));
    Node difference = record(Elementwise.SUBTRACT, x, row);
    Node same = record(Elementwise.SUBTRACT, x, record(new ReshapeTo(Shape.of(1, 4)), row));
    Node y = record(Elementwise.MULTIPLY, difference, same);
    String listing = new Program(List.of(y), List.of()).explain();

    assertThat(listing.lines().filter(line -> line.contains("= subtract"))).hasSize(1);
  }

  @Test
  void aProductIsExplainedWithItsEpilogue() {
    Node x = input("x", Tensor.zeros(2, 3));
    Node kernel = input("kernel", Tensor.zeros(3, 4));
    Node product = record(new MatrixProduct(false, false), x, kernel);
    Node biased = record(Elementwise.ADD, product, input("bias", Tensor.zeros(4)));
    Node y = record(Elementwise.TANH, biased);
    String listing = new Program(List.of(y), List.of()).explain();

    assertThat(listing)
        .contains("6 operations in 1 steps, 0 of them fused loops")
        .contains("%5 ← x, kernel, bias")
        .contains("%2 = matmul(x, kernel) with add, tanh");
  }

  /** Tasks have more columns where there are rows enough to be shared out. */
  @ParameterizedTest
  @ValueSource(ints = {1023, 1030})
  void sumsOfManyRowsHaveTheBitsOfAnEvaluation(int rows) {
    Random random = new Random(SEED);
    Tensor tensor = Tensor.zeros(rows, 1100);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.array()[i] = random.nextFloat() - 0.25f;
    }
    Node x = input("x", tensor);
    Node sum =
        record(new Reduction(Reduction.Kind.SUM, List.of(0)), record(Elementwise.MULTIPLY, x, x));
    Program program = new Program(List.of(sum), List.of());
    program.run();

    assertThat(program.value(sum).sameElements(new Evaluation(graph).value(sum)))
        .as("seed %d", SEED)
        .isTrue();
  }

  /** The same values where the product's own place is needed, and where it is not. */
  @Test
  void anEpilogueLeavesAProductThatOthersNeed() {
    Node x = input("x", Tensor.matrix(new float[] {1, 2}, new float[] {3, 4}));
    Node product = record(new MatrixProduct(false, true), x, x);
    Node y = record(Elementwise.NEGATE, product);
    Node row = record(new ReshapeTo(Shape.of(4)), product);
    Program program = run(List.of(y, row));

    assertThat(program.explain()).contains("matmul(x, x) with negate");
    assertThat(program.value(y).toArray()).containsExactly(-5, -11, -11, -25);
    assertThat(program.value(row).toArray()).containsExactly(5, 11, 11, 25);
  }

  /** A loop that also reads what is computed from the product in another way has to wait. */
  @Test
  void aLoopThatNeedsTheWholeProductIsNoEpilogue() {
    Node x = input("x", Tensor.matrix(new float[] {1, 2}, new float[] {3, 4}));
    Node product = record(new MatrixProduct(false, true), x, x);
    Node sum = record(new Reduction(Reduction.Kind.SUM, List.of(0, 1)), product);
    Node y = record(Elementwise.DIVIDE, product, sum);
    Node turned = record(new Transpose(List.of(1, 0)), product);
    Node z = record(Elementwise.SUBTRACT, product, turned);
    Program program = run(List.of(y, z));

    assertThat(program.explain()).doesNotContain("with");
    assertThat(program.value(y).toArray()).containsExactly(5f / 52, 11f / 52, 11f / 52, 25f / 52);
    assertThat(program.value(z).toArray()).containsExactly(0, 0, 0, 0);
  }

  /** Units that merge must not come to wait for each other by way of units recorded before. */
  @Test
  void loopsThatNeedEachOtherStayApart() {
    Node x = input("x", Tensor.matrix(new float[] {1}, new float[] {2}));
    Node early = record(Elementwise.NEGATE, x);
    Node first = record(new MatrixProduct(true, false), early, early);
    Node scaled = record(Elementwise.MULTIPLY, first, record(new Leaf.Literal(2)));
    Node wide = record(new MatrixProduct(true, false), x, x);
    Node other = record(Elementwise.MULTIPLY, wide, record(new Leaf.Literal(3)));
    Node late = record(Elementwise.ADD, x, other);
    Program program = run(List.of(scaled, late));

    assertThat(program.value(scaled).toArray()).containsExactly(10);
    assertThat(program.value(late).toArray()).containsExactly(16, 17);
  }

  @Test
  void oneValueCanBeReducedAlongRowsAndAlongColumns() {
    Node x = input("x", Tensor.matrix(new float[] {1, 2, 3}, new float[] {4, 5, 6}));
    Node y = record(Elementwise.ADD, x, x);
    Node rows = record(new Reduction(Reduction.Kind.SUM, List.of(1)), y);
    Node columns = record(new Reduction(Reduction.Kind.SUM, List.of(0)), y);
    Node all = record(new Reduction(Reduction.Kind.SUM, List.of(0, 1)), y);
    Program program = run(List.of(rows, columns, all));

    assertThat(program.value(rows).toArray()).containsExactly(12, 30);
    assertThat(program.value(columns).toArray()).containsExactly(10, 14, 18);
    assertThat(program.value(all).toArray()).containsExactly(42);
  }

  @Test
  void aResultThatEqualsAnInputStaysWhenTheInputChanges() {
    Tensor tensor = Tensor.vector(1, 2);
    Node x = input("x", tensor);
    Node same = record(Elementwise.MULTIPLY, x, record(new Leaf.Literal(1)));
    Program program = run(List.of(same));

    tensor.copyFrom(Tensor.vector(3, 4));
    assertThat(program.value(same).toArray()).containsExactly(1, 2);
    program.run();
    assertThat(program.value(same).toArray()).containsExactly(3, 4);
  }
}
