package org.lanewise.engine.vector;

import java.util.List;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.operation.Leaf;
import org.lanewise.engine.operation.MatrixProduct;
import org.lanewise.engine.program.Evaluation;
import org.lanewise.engine.program.Graph;
import org.lanewise.engine.program.Node;

/** An application that computes nothing but matrix products, and ends after the engine's checks. */
final class ProductUse {
  private ProductUse() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) throws InterruptedException {
    for (int i = 0; i < 2; i++) {
      Graph graph = new Graph();
      Node x = graph.record(new Leaf.Constant(Tensor.zeros(2, 2)), List.of());
      Node y = graph.record(new MatrixProduct(false, false), List.of(x, x));
      new Evaluation(graph).value(y);
    }
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("lanewise-multiply-add")) {
        thread.join();
      }
    }
  }
}
