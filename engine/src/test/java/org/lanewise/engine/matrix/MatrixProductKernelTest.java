package org.lanewise.engine.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
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

  /** How long to wait for the JIT at most. */
  private static final long PATIENCE_NANOS = 20_000_000_000L;

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

  @Test
  void aConstantRightOperandGivesTheSameBits() {
    for (boolean transposed : new boolean[] {false, true}) {
      for (int rows : new int[] {0, 1, 7, 50}) {
        Tensor a = random(Shape.of(2, rows, 30), 1);
        Tensor b = random(transposed ? Shape.of(100, 30) : Shape.of(30, 100), 2);
        Tensor expected = Tensor.zeros(Shape.of(2, rows, 100));
        Tensor y = Tensor.zeros(expected.shape());
        MatrixProduct product = new MatrixProduct(false, transposed);
        MatrixProductKernel.run(product, a, b, expected);
        ConstantOperand constant = new ConstantOperand(b, transposed);
        MatrixProductKernel.prepare(product, a, constant, y, TileEpilogue.NONE).run();
        assertThat(y.array()).as("%d rows", rows).isEqualTo(expected.array());
      }
    }
  }

  @Test
  void aConstantOperandMustBeAMatrix() {
    assertThatThrownBy(() -> new ConstantOperand(Tensor.zeros(Shape.of(2, 3, 4)), false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("matmul: expected a constant right operand of rank 2, was [2, 3, 4]");
  }

  /** Once compiled: before that, vectors are objects. */
  @Test
  void aRunAllocatesNothing() {
    int[][] sizes = {{1, 40, 30}, {40, 1, 30}, {6, 10, 8}, {24, 24, 24}, {70, 90, 100}};
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int[] size : sizes) {
      for (int transposes = 0; transposes < 4; transposes++) {
        boolean left = (transposes & 1) != 0;
        boolean right = (transposes & 2) != 0;
        Tensor a = random(left ? Shape.of(size[2], size[0]) : Shape.of(size[0], size[2]), 1);
        Tensor b = random(right ? Shape.of(size[1], size[2]) : Shape.of(size[2], size[1]), 2);
        Tensor y = Tensor.zeros(Shape.of(size[0], size[1]));
        MatrixProductPlan plan =
            MatrixProductKernel.prepare(new MatrixProduct(left, right), a, b, y, TileEpilogue.NONE);
        long allocated = Long.MAX_VALUE;
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (allocated != 0 && System.nanoTime() < end) {
          long before = thread.getCurrentThreadAllocatedBytes();
          for (int run = 0; run < 200; run++) {
            plan.run();
          }
          allocated = thread.getCurrentThreadAllocatedBytes() - before;
        }
        assertThat(allocated)
            .as("bytes in 200 products of %s, transposes %d", Arrays.toString(size), transposes)
            .isZero();
      }
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
