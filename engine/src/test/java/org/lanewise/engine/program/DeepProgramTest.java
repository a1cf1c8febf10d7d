package org.lanewise.engine.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.operation.Elementwise;
import org.lanewise.engine.operation.Leaf;
import org.lanewise.engine.operation.MatrixProduct;
import org.lanewise.engine.operation.Reduction;
import org.lanewise.engine.operation.ReshapeTo;

/**
 * Programs of thousands of steps: planned without recursion, in a time near the number of steps.
 */
final class DeepProgramTest {
  private static final int TRIES = 6;

  /** On a busy machine caches and compilers are shared, so that more tries may be needed. */
  private static final int MOST_TRIES = 24;

  /** Four times as many steps take four times as long if time is linear, 16 times if quadratic. */
  private static final double LINEAR = 11;

  private static final int STACK = 192 * 1024;

  /** Layers of a product, a bias and tanh, each of whose values is wanted. */
  private static void planLayers(int count) {
    Graph graph = new Graph();
    Node x = input(graph, "x", Shape.of(2, 3));
    Node kernel = input(graph, "kernel", Shape.of(3, 3));
    Node bias = input(graph, "bias", Shape.of(3));
    List<Node> results = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Node product = graph.record(new MatrixProduct(false, false), List.of(x, kernel));
      x = graph.record(Elementwise.TANH, List.of(add(graph, product, bias)));
      results.add(x);
    }
    new Program(results, List.of(), new SharedConstants());
  }

  /** A sum of products, each of which reads the same input. */
  private static void planSum(int count) {
    Graph graph = new Graph();
    Node x = input(graph, "x", Shape.of(5));
    Node sum = x;
    for (int i = 0; i < count; i++) {
      Node weight = graph.record(new Leaf.Literal(i + 0.5), List.of());
      sum = add(graph, sum, graph.record(Elementwise.MULTIPLY, List.of(x, weight)));
    }
    new Program(List.of(sum), List.of(), new SharedConstants());
  }

  private static void planReshapes(int count) {
    Graph graph = new Graph();
    Node x = input(graph, "x", Shape.of(6));
    for (int i = 0; i < count; i++) {
      x = graph.record(new ReshapeTo(i % 2 == 0 ? Shape.of(2, 3) : Shape.of(6)), List.of(x));
    }
    Node y = graph.record(Elementwise.NEGATE, List.of(x));
    new Program(List.of(y), List.of(), new SharedConstants());
  }

  /** Sums and products in turn, all of which read the same input: loops that cannot merge. */
  private static void planSharedInput(int count) {
    Graph graph = new Graph();
    Node x = input(graph, "x", Shape.of(3, 3));
    Node y = x;
    for (int i = 0; i < count; i++) {
      y = graph.record(new MatrixProduct(false, false), List.of(add(graph, y, x), x));
    }
    new Program(List.of(y), List.of(), new SharedConstants());
  }

  /** Divisions by a norm one after another: loops over one element that cannot merge. */
  private static void planNorms(int count) {
    Graph graph = new Graph();
    Node x = input(graph, "x", Shape.of(5));
    for (int i = 0; i < count; i++) {
      Node squares = graph.record(Elementwise.MULTIPLY, List.of(x, x));
      Reduction sum = new Reduction(Reduction.Kind.SUM, List.of(0));
      Node norm = graph.record(Elementwise.SQRT, List.of(graph.record(sum, List.of(squares))));
      x = graph.record(Elementwise.DIVIDE, List.of(x, norm));
    }
    new Program(List.of(x), List.of(), new SharedConstants());
  }

  private static Node input(Graph graph, String name, Shape shape) {
    return graph.record(new Leaf.Input(name, Tensor.zeros(shape)), List.of());
  }

  private static Node add(Graph graph, Node x, Node x1) {
    return graph.record(Elementwise.ADD, List.of(x, x1));
  }

  @Test
  void aSmallStackIsEnough() throws InterruptedException {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Runnable plans =
        () -> {
          planLayers(3000);
          planSum(4000);
          planReshapes(10_000);
          planSharedInput(2000);
          planNorms(1000);
        };
    Thread thread = new Thread(null, plans, "small stack", STACK);
    thread.setUncaughtExceptionHandler((dying, e) -> failure.set(e));
    thread.start();
    thread.join();
    assertThat(failure.get()).isNull();
  }

  @Test
  void timeGrowsNearlyAsTheSteps() {
    // Quadratic planning would take 16 times as long for four times as many.
    assertThat(growth(DeepProgramTest::planLayers)).isLessThan(LINEAR);
    assertThat(growth(DeepProgramTest::planSum)).isLessThan(LINEAR);
    assertThat(growth(DeepProgramTest::planSharedInput)).isLessThan(LINEAR);
    assertThat(growth(DeepProgramTest::planNorms)).isLessThan(LINEAR);
  }

  /**
   * How many times longer four times as many steps take this thread, by the fastest of some tries
   * in turn, which are compiled alike.
   */
  private static double growth(IntConsumer plan) {
    long few = Long.MAX_VALUE;
    long many = Long.MAX_VALUE;
    for (int i = 0; i < TRIES || (i < MOST_TRIES && many >= LINEAR * few); i++) {
      few = Math.min(few, nanos(plan, 1000));
      many = Math.min(many, nanos(plan, 4000));
    }
    return (double) many / few;
  }

  /** The time on a processor, which other work on the machine does not lengthen much. */
  private static long nanos(IntConsumer plan, int count) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    plan.accept(count);
    return threads.getCurrentThreadCpuTime() - start;
  }
}
