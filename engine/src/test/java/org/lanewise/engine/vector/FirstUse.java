package org.lanewise.engine.vector;

import java.util.List;
import java.util.function.Supplier;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.operation.Elementwise;
import org.lanewise.engine.operation.Leaf;
import org.lanewise.engine.program.Evaluation;
import org.lanewise.engine.program.Graph;
import org.lanewise.engine.program.Node;
import org.lanewise.engine.program.Program;

/** An application that computes e² twice, or prints the messages of what kept it from doing so. */
final class FirstUse {
  private FirstUse() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) {
    Graph graph = new Graph();
    Node x = graph.record(new Leaf.Constant(Tensor.scalar(2)), List.of());
    Node y = graph.record(Elementwise.EXP, List.of(x));
    print(() -> new Evaluation(graph).value(y).item());
    print(
        () -> {
          Program program = new Program(List.of(y), List.of());
          program.run();
          return program.value(y).item();
        });
  }

  private static void print(Supplier<Float> work) {
    try {
      System.out.println("computed " + work.get());
    } catch (RuntimeException e) {
      System.out.println(e);
    }
  }
}
