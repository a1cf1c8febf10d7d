package org.lanewise.engine.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.engine.ForkedJvm;

/** Compares bits with a plain loop: the product is defined down to the last bit. */
class MatrixProductTasksTest {
  private static final long SEED = 20_251_103;

  /** Sizes around the tiles, all m × n × k of which are tested. */
  private static final int[] SIZES = {0, 1, 2, 4, 5, 6, 8, 11, 13, 17, 31, 33};

  /** Sizes of their own: long in one direction, primes, more than one block. */
  private static final int[][] SHAPES = {
    {1, 1, 1000},
    {1, 257, 129},
    {257, 1, 129},
    {2, 300, 7},
    {300, 2, 7},
    {3, 3, 2000},
    {50, 300, 784},
    {97, 101, 103},
    {64, 64, 64},
    {161, 67, 321},
    {10, 2100, 3},
    {333, 35, 641},
    {1, 3000, 700},
    {3000, 1, 700},
    {9, 70, 4000},
    {7, 20, 1024},
    {13, 40, 2048},
    {5, 40, 1025},
    {1, 40, 5000},
    {40, 1, 3000},
    {9, 17, 7170},
    {70, 300, 2049},
  };

  @Test
  void theBitsAreThoseOfAPlainLoopForAllSmallSizesAndTransposes() {
    Random random = new Random(SEED);
    for (int m : SIZES) {
      for (int n : SIZES) {
        for (int k : SIZES) {
          for (int transposes = 0; transposes < 4; transposes++) {
            check(MatrixCase.random(m, n, k, transposes, random), MatrixCase::multiply);
          }
        }
      }
    }
  }

  @Test
  void theBitsAreThoseOfAPlainLoopForLongShapes() {
    Random random = new Random(SEED);
    for (int[] shape : SHAPES) {
      for (int transposes = 0; transposes < 4; transposes++) {
        check(
            MatrixCase.random(shape[0], shape[1], shape[2], transposes, random),
            MatrixCase::multiply);
      }
    }
  }

  @Test
  void theBitsAreThoseOfAPlainLoopForPackedOperandsOfSeveralSegments() {
    Random random = new Random(SEED);
    for (int[] shape : SHAPES) {
      if (shape[1] > 1) {
        check(
            MatrixCase.random(shape[0], shape[1], shape[2], 0, random), MatrixCase::multiplyPacked);
      }
    }
  }

  static Stream<BlockSizes> blockSizes() {
    return Stream.of(
        BlockSizes.SIXTEEN_REGISTERS,
        BlockSizes.THIRTY_TWO_REGISTERS,
        new BlockSizes(6, 1, 1, 0, 0),
        new BlockSizes(6, 7, 40, 70, 0),
        new BlockSizes(6, 7, 40, 1000, 0),
        new BlockSizes(6, 9, 170, 135, 0),
        new BlockSizes(12, 3, 1, 1000, 0),
        new BlockSizes(12, 16, 50, 480, 0));
  }

  @Tag("vectors")
  @ParameterizedTest
  @MethodSource("blockSizes")
  void noBlockSizeChangesTheBits(BlockSizes sizes) {
    Random random = new Random(SEED);
    int[][] shapes = {
      {1, 1, 1}, {5, 16, 8}, {12, 32, 16}, {13, 33, 17}, {29, 70, 23}, {61, 45, 40}, {4, 7, 330}
    };
    for (int[] shape : shapes) {
      for (int transposes = 0; transposes < 4; transposes++) {
        check(
            MatrixCase.random(shape[0], shape[1], shape[2], transposes, random),
            (m, n, k, a, b, c) ->
                new PackedMatrixProduct(sizes, m, n, k, a, RightOperand.of(b), c).run());
        check(
            MatrixCase.random(shape[0], shape[1], shape[2], transposes, random),
            (m, n, k, a, b, c) ->
                new PackedMatrixProduct(sizes, m, n, k, a, RightOperand.packed(b, k, n), c).run());
      }
      check(
          MatrixCase.random(shape[0], shape[1], shape[2], 0, random),
          (m, n, k, a, b, c) ->
              new PackedMatrixProduct(sizes, m, n, k, apart(m, k, a), RightOperand.of(b), c).run());
    }
  }

  /** The same matrix with rows so far apart that they share one set of a cache. */
  private static MatrixView apart(int rows, int columns, MatrixView a) {
    MatrixView apart = new MatrixView(new float[rows * 1024], 0, 1024, 1);
    for (int i = 0; i < rows; i++) {
      System.arraycopy(a.array(), a.at(i, 0), apart.array(), apart.at(i, 0), columns);
    }
    return apart;
  }

  @Test
  void partsOfAProductShareOnePackedOperand() {
    check(
        MatrixCase.random(70, 90, 40, 2, new Random(SEED)),
        (m, n, k, a, b, c) -> {
          RightOperand packed = RightOperand.packed(b, k, n);
          List<ProductTask> tasks = MatrixProductTasks.tasks(m, n, k, a, packed, c, 6);
          assertThat(tasks).hasSizeGreaterThan(4);
          assertThat(tasks)
              .allSatisfy(
                  task -> assertThat(task.tiers()).containsExactly(ProductPath.PACKED.tiers()));
          tasks.forEach(task -> task.work().run());
        });
  }

  @Test
  void theBitsOfPlainLoopsAreThoseOfTheDefinition() {
    Random random = new Random(SEED);
    int[][] shapes = {
      {1, 1, 1}, {3, 513, 8}, {65, 7, 17}, {130, 1030, 23}, {2, 70, 1024}, {61, 45, 9}
    };
    for (int[] shape : shapes) {
      for (int transposes = 0; transposes < 4; transposes++) {
        check(
            MatrixCase.random(shape[0], shape[1], shape[2], transposes, random),
            (m, n, k, a, b, c) -> {
              new ScalarProduct(m, n, k, a, b, c.view()).run();
              c.finish(0, 0, m, n);
            });
      }
    }
  }

  @Test
  void aSumOfNothingIsPositiveZero() {
    float[] c = {1f, 2f, 3f, 4f, 5f};
    MatrixView nothing = new MatrixView(new float[0], 0, 0, 1);
    MatrixView result = new MatrixView(c, 0, 3, 1);
    MatrixCase.multiply(
        2, 2, 0, nothing, nothing, new MatrixResult(result, 0, 0, TileEpilogue.NONE));
    assertThat(c).containsExactly(0f, 0f, 3f, 0f, 0f);
  }

  @Test
  void aSumThatRoundsToNegativeZeroStaysNegative() {
    for (int k : new int[] {32, 33}) {
      for (int transposes = 0; transposes < 4; transposes++) {
        MatrixCase x = MatrixCase.random(23, 37, k, transposes, new Random(SEED));
        Arrays.fill(x.a, -1e-30f);
        Arrays.fill(x.b, 1e-30f);
        check(x, MatrixCase::multiply);
      }
    }
  }

  @Test
  void specialValuesStayInTheirRowAndColumn() {
    for (int size : new int[] {21, 39}) {
      for (float special : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.MAX_VALUE, -0f}) {
        for (int transposes = 0; transposes < 4; transposes++) {
          MatrixCase x = MatrixCase.random(size, size, size, transposes, new Random(SEED));
          x.a[x.aOffset + 20 * x.aRowStride + 3 * x.aColumnStride] = special;
          x.a[x.aOffset + 2 * x.aRowStride + (size - 1) * x.aColumnStride] = special;
          x.b[x.bOffset + 7 * x.bRowStride + 20 * x.bColumnStride] = special;
          x.b[x.bOffset + (size - 1) * x.bRowStride + 5 * x.bColumnStride] = special;
          check(x, MatrixCase::multiply);
          check(x, MatrixProductTasksTest::multiplyByConstant);
        }
      }
    }
  }

  private static void multiplyByConstant(
      int m, int n, int k, MatrixView a, MatrixView b, MatrixResult c) {
    MatrixProductTasks.tasks(m, n, k, a, RightOperand.packed(b, k, n), c, 1)
        .forEach(task -> task.work().run());
  }

  @ParameterizedTest
  @ValueSource(ints = {1 << 26, 1 << 27, 1 << 28, 1 << 30})
  void anOperandThatIsTooLargeForAnArrayIsNotPacked(int depth) {
    MatrixView nothing = new MatrixView(new float[0], 0, 2, 1);
    assertThat(RightOperand.packed(nothing, depth, 2).panels()).isNull();
  }

  @Test
  void neitherLanesNorThreadsChangeTheBits() {
    List<String> outputs = new ArrayList<>();
    for (String bits : List.of("128", "256", "512")) {
      for (String threads : List.of("1", "2", "7")) {
        outputs.add(
            ForkedJvm.outputOf(
                MatrixChecksum.class,
                List.of(
                    "-Dlanewise.vectors=at-once",
                    "-Dlanewise.vectorBits=" + bits,
                    "-Dlanewise.threads=" + threads)));
      }
    }
    outputs.add(ForkedJvm.outputOf(MatrixChecksum.class, List.of("-Dlanewise.vectors=off")));
    Set<String> distinct = new HashSet<>(outputs);
    assertThat(distinct)
        .as("checksums by lanes and threads, and of plain loops: %s", outputs)
        .hasSize(1);
  }

  /** In a JVM of its own, where nothing else waits for its trial. */
  @Tag("vectors")
  @Test
  void vectorsTakeOverForEveryWayToComputeProducts() {
    assertThat(ForkedJvm.outputOf(PathChange.class, List.of()))
        .isEqualTo("ROW vectors, PANELS vectors, DIRECT vectors, PACKED vectors");
  }

  private static void check(MatrixCase x, MatrixCase.Product product) {
    float[] expected = x.c.clone();
    x.multiplyPlainly(expected);
    for (int i = 0; i < x.m; i++) {
      for (int j = 0; j < x.n; j++) {
        expected[x.cOffset + i * x.cRowStride + j] *= factor(i, j);
      }
    }
    // What an earlier product left in scratch must not matter.
    PanelScratch scratch = PanelScratch.current();
    for (float[] memory : List.of(scratch.a(0), scratch.b(0), scratch.tile(0))) {
      Arrays.fill(memory, Float.POSITIVE_INFINITY);
    }
    float[] actual = x.c.clone();
    x.multiply(product, MatrixProductTasksTest::scale, actual);
    // Every NaN is one NaN here; untouched gaps are compared as well.
    if (!Arrays.equals(expected, actual)) {
      assertThat(actual).as("%s, seed %d", x, SEED).isEqualTo(expected);
    }
  }

  /** A power of two, so that nothing is rounded, which tells whether and where it was applied. */
  private static float factor(int row, int column) {
    return 2 << ((row + 3 * column) % 7);
  }

  private static void scale(
      float[] c, int offset, int rows, int columns, int rowStride, int row, int column) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        c[offset + i * rowStride + j] *= factor(row + i, column + j);
      }
    }
  }
}
