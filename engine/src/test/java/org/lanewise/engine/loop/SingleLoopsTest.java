package org.lanewise.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.operation.Leaf;
import org.lanewise.engine.operation.Reduction;
import org.lanewise.engine.program.Evaluation;
import org.lanewise.engine.program.Graph;
import org.lanewise.engine.program.Node;
import org.lanewise.engine.program.Program;

/** Single reductions give the bits that programs give. */
class SingleLoopsTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void axesOfOneDoNotPartReducedAxes(int seed) {
    Random random = new Random(seed);
    Tensor tensor = Tensor.zeros(7, 1, 129);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.array()[i] = random.nextFloat() - 0.5f;
    }
    Graph graph = new Graph();
    Node x = graph.record(new Leaf.Input("x", tensor), List.of());
    Node sum = graph.record(new Reduction(Reduction.Kind.SUM, List.of(0, 2)), List.of(x));
    Program program = new Program(List.of(sum), List.of());
    program.run();

    assertThat(sum.shape()).isEqualTo(Shape.of(1, 1, 1));
    assertThat(program.value(sum).toArray()).isEqualTo(new Evaluation(graph).value(sum).toArray());
  }
}
