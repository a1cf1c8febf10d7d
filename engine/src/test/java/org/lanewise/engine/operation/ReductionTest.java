package org.lanewise.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.program.Evaluation;
import org.lanewise.engine.program.Graph;
import org.lanewise.engine.program.Node;
import org.lanewise.engine.reference.Reference;

/** NaN and infinities wherever they stand in what is reduced. */
class ReductionTest {
  private static final long SEED = 20_261_125;

  /** Elements that are reduced: more than two rounds of partial results, and a rest. */
  private static final int N = 131;

  private static final float[] SPECIAL = {
    Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY
  };

  static Stream<OperationSample> samples() {
    List<OperationSample> samples = new ArrayList<>();
    for (int axis = 0; axis < 2; axis++) {
      Shape shape = axis == 0 ? Shape.of(N, 5) : Shape.of(5, N);
      for (Reduction.Kind kind : Reduction.Kind.values()) {
        samples.add(OperationSample.of(new Reduction(kind, List.of(axis)), shape));
      }
      samples.add(OperationSample.of(new ArgMax(axis), shape));
    }
    return samples.stream();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void specialValuesReachTheirResultAndNoOther(OperationSample sample) {
    List<String> failures = new ArrayList<>();
    Random random = new Random(SEED);
    for (float first : SPECIAL) {
      for (float second : SPECIAL) {
        for (int repeat = 0; repeat < 20; repeat++) {
          List<Tensor> operands = sample.draw(random);
          Tensor x = operands.get(0);
          int one = random.nextInt(x.size());
          int other = random.nextInt(x.size());
          x.storage()[x.offset() + one] = first;
          x.storage()[x.offset() + other] = second;

          Node node = sample.record(new Graph(), operands);
          float[] y = new Evaluation(node.graph()).value(node).toArray();
          double[] expected = new Reference().value(node);
          for (int i = 0; i < y.length; i++) {
            if (!isNear(y[i], expected[i])) {
              failures.add(
                  String.format(
                      Locale.ROOT,
                      "result %d is %s instead of %s with %s at %d and %s at %d",
                      i,
                      y[i],
                      expected[i],
                      first,
                      one,
                      second,
                      other));
            }
          }
        }
      }
    }
    assertThat(failures).as("seed %d", SEED).isEmpty();
  }

  /** The same, or a sum of 131 elements of magnitude 2 that is rounded elsewhere. */
  private static boolean isNear(float y, double expected) {
    return Float.compare(y, (float) expected) == 0 || Math.abs(y - expected) <= 1e-3;
  }
}
