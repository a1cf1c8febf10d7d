package org.lanewise.engine.simd;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.operation.MatrixProduct;
import org.lanewise.engine.random.Distribution;
import org.lanewise.engine.random.RandomStream;

/** A planned product reads its operands at each run, in every place of the leading axes. */
class MatrixProductKernelTest {
  /** Large enough for two threads, so that tasks are claimed in chunks. */
  private static final int SIZE = 64;

  @Test
  void everyPlaceOfABatchIsComputedAndHandedToTheEpilogue() {
    Tensor a = random(Shape.of(3, 1, SIZE, SIZE), 1);
    Tensor b = random(Shape.of(4, SIZE, SIZE), 2);
    Tensor y = Tensor.zeros(Shape.of(3, 4, SIZE, SIZE));
    Tensor residual = random(y.shape(), 3);
    MatrixProductPlan plan =
        MatrixProductKernel.prepare(
            new MatrixProduct(false, true),
            a,
            b,
            y,
            (c, offset, rows, columns, rowStride, row, column) -> {
              for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                  int at = offset + i * rowStride + j;
                  c[at] += residual.array()[residual.offset() + at - y.offset()];
                }
              }
            });
    for (int run = 0; run < 3; run++) {
      a.array()[a.offset() + run] += 1;
      plan.run();
      assertThat(y.array()).as("run %d", run).isEqualTo(expected(a, b, residual));
    }
  }

  private static float[] expected(Tensor a, Tensor b, Tensor residual) {
    float[] y = residual.array().clone();
    for (int at = 0; at < y.length; at++) {
      int place = at / (SIZE * SIZE);
      int row = at / SIZE % SIZE;
      int column = at % SIZE;
      y[at] += dot(a, (place / 4 * SIZE + row) * SIZE, b, (place % 4 * SIZE + column) * SIZE);
    }
    return y;
  }

  private static float dot(Tensor a, int aStart, Tensor b, int bStart) {
    float sum = 0f;
    for (int p = 0; p < SIZE; p++) {
      sum = Math.fma(a.array()[a.offset() + aStart + p], b.array()[b.offset() + bStart + p], sum);
    }
    return sum;
  }

  private static Tensor random(Shape shape, long seed) {
    Tensor tensor = Tensor.zeros(shape);
    RandomStream.of(seed)
        .fill(Distribution.uniform(-1, 1), tensor.array(), tensor.offset(), tensor.size());
    return tensor;
  }
}
