package org.lanewise.engine.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.operation.Elementwise;
import org.lanewise.engine.operation.Leaf;
import org.lanewise.engine.operation.MatrixProduct;
import org.lanewise.engine.operation.Transpose;
import org.lanewise.engine.random.Distribution;
import org.lanewise.engine.random.RandomStream;

final class SharedConstantsTest {
  private static final long SEED = 3;

  private static Tensor drawn(long number, int... dimensions) {
    Tensor x = Tensor.zeros(dimensions);
    RandomStream.of(SEED).child(number).fill(Distribution.normal(), x.array(), 0, x.size());
    return x;
  }

  private static Node constant(Graph graph, Tensor tensor) {
    return graph.record(new Leaf.Constant(tensor), List.of());
  }

  private static Node input(Graph graph, Tensor tensor) {
    return graph.record(new Leaf.Input("x", tensor), List.of());
  }

  /** Programs for several numbers of rows, and the same again, over one constant. */
  @Test
  void productsHaveTheBitsOfOnesThatShareNothing() {
    for (int n : new int[] {1, 5, 33, 70}) {
      for (int k : new int[] {1, 19, 130}) {
        for (boolean transposed : new boolean[] {false, true}) {
          Tensor right = transposed ? drawn(1, n, k) : drawn(1, k, n);
          SharedConstants constants = new SharedConstants();
          for (int m : new int[] {1, 2, 7, 40, 7}) {
            MatrixProduct product = new MatrixProduct(false, transposed);
            Graph graph = new Graph();
            Node x = input(graph, drawn(m, m, k));
            Node y = graph.record(product, List.of(x, constant(graph, right)));
            Program program = new Program(List.of(y), List.of(), constants);
            program.run();
            Node alone = graph.record(product, List.of(x, input(graph, right)));
            assertThat(program.value(y).sameElements(new Evaluation(graph).value(alone)))
                .as("seed %d, %d x %d x %d, transposed %s", SEED, m, n, k, transposed)
                .isTrue();
          }
        }
      }
    }
  }

  @Test
  void anOperandIsPackedForAllProgramsAlike() {
    SharedConstants constants = new SharedConstants();
    Tensor right = drawn(1, 4, 4);
    assertThat(constants.right(right, false)).isSameAs(constants.right(right, false));
    assertThat(constants.right(right, true)).isNotSameAs(constants.right(right, false));
    assertThat(constants.right(right.copy(), false)).isNotSameAs(constants.right(right, false));
  }

  @Test
  void valuesOfConstantsAreComputedOnce() {
    SharedConstants constants = new SharedConstants();
    Tensor tensor = drawn(1, 5, 3);
    Tensor[] values = new Tensor[2];
    for (int i = 0; i < 2; i++) {
      Graph graph = new Graph();
      Node root = graph.record(Elementwise.SQRT, List.of(constant(graph, tensor)));
      Node y = graph.record(new Transpose(List.of(1, 0)), List.of(root));
      values[i] = new Program(List.of(y), List.of(), constants).value(y);
    }
    assertThat(values[0].shape()).isEqualTo(Shape.of(3, 5));
    assertThat(values[1]).isSameAs(values[0]);
  }
}
