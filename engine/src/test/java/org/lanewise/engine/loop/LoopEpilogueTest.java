package org.lanewise.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.loop.Chain.Reduced;
import org.lanewise.engine.loop.LoopCode.Instruction;
import org.lanewise.engine.operation.Elementwise;
import org.lanewise.engine.operation.Reduction;

/** However a product is divided into blocks, they become what one loop makes of the whole. */
class LoopEpilogueTest {
  private static final long SEED = 20_261_124;

  private record Block(int matrix, int row, int column, int rows, int columns) {}

  private final Random random = new Random(SEED);

  @ParameterizedTest
  @ValueSource(
      strings = {"1,1", "1,37", "37,1", "5,7", "64,33", "3,4,9", "3,1,9", "2,3,20,17", "3,1,5,8"})
  void blocksBecomeWhatOneLoopMakesOfTheWhole(String dimensions) {
    Shape space = shape(dimensions);
    int rank = space.rank();
    for (int axis = 0; axis < rank; axis++) {
      for (List<Shape> others :
          List.of(
              List.of(Shape.SCALAR, space),
              List.of(Shape.of(space.dimension(-1)), space.with(axis, 1)),
              List.of(space.with(rank - 1, 1), space.with(axis, 1)))) {
        check(chain(space, others), String.format(Locale.ROOT, "%s with %s", space, others));
      }
    }
  }

  /** y0 = exp(product · other₀), y1 = y0 − other₁ over the product. */
  private static Chain chain(Shape space, List<Shape> others) {
    return new Chain(
        space,
        List.of(others.get(0), space, others.get(1)),
        List.of(
            new Instruction(Elementwise.MULTIPLY, List.of(1, 0)),
            new Instruction(Elementwise.EXP, List.of(3)),
            new Instruction(Elementwise.SUBTRACT, List.of(4, 2))),
        List.of(4, 5),
        List.of());
  }

  private void check(Chain chain, String what) {
    List<Tensor> places = places(chain);
    List<Tensor> whole = new ArrayList<>(places.stream().map(Tensor::copy).toList());
    whole.set(4, whole.get(1));
    new FusedLoop(chain, whole).run();

    Tensor c = places.get(1);
    LoopEpilogue epilogue = new LoopEpilogue(chain, places, 1);
    int width = chain.space().dimension(-1);
    int height = chain.space().dimension(-2);
    for (Block block : blocks(chain.space().size() / width / height, height, width)) {
      int offset = c.offset() + (block.matrix * height + block.row) * width + block.column;
      epilogue.apply(
          c.storage(), offset, block.rows, block.columns, width, block.row, block.column);
    }
    assertThat(places.get(3).sameElements(whole.get(3))).as("y0 of %s", what).isTrue();
    assertThat(places.get(4).sameElements(whole.get(4))).as("y1 of %s", what).isTrue();
  }

  /** The tensors of a chain, the second output over the product, none at the start of an array. */
  private List<Tensor> places(Chain chain) {
    List<Tensor> places = new ArrayList<>();
    chain.inputs().forEach(shape -> places.add(draw(shape)));
    places.add(draw(chain.space()));
    places.add(places.get(1));
    return places;
  }

  private Tensor draw(Shape shape) {
    int offset = random.nextInt(20);
    float[] array = new float[offset + shape.size() + random.nextInt(20)];
    for (int i = 0; i < array.length; i++) {
      array[i] = 2 * random.nextFloat() - 1;
    }
    return Tensor.view(array, offset, shape);
  }

  /** Rows and columns cut at one place each, in any order. */
  private List<Block> blocks(int matrices, int height, int width) {
    List<Block> blocks = new ArrayList<>();
    for (int matrix = 0; matrix < matrices; matrix++) {
      int row = random.nextInt(height);
      int column = random.nextInt(width);
      for (int[] rows : new int[][] {{0, row}, {row, height}}) {
        for (int[] columns : new int[][] {{0, column}, {column, width}}) {
          if (rows[0] < rows[1] && columns[0] < columns[1]) {
            blocks.add(
                new Block(matrix, rows[0], columns[0], rows[1] - rows[0], columns[1] - columns[0]));
          }
        }
      }
    }
    Collections.shuffle(blocks, random);
    return blocks;
  }

  private static Shape shape(String dimensions) {
    List<Integer> sizes = new ArrayList<>();
    for (String dimension : dimensions.split(",", -1)) {
      sizes.add(Integer.parseInt(dimension));
    }
    return Shape.of(sizes.stream().mapToInt(Integer::intValue).toArray());
  }

  @Test
  void aReductionIsNoEpilogue() {
    Shape space = Shape.of(2, 3);
    Reduced sum = new Reduced(0, new Reduction(Reduction.Kind.SUM, List.of(1)));
    Chain chain = new Chain(space, List.of(space), List.of(), List.of(), List.of(sum));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LoopEpilogue(chain, List.of(Tensor.zeros(2, 3), Tensor.zeros(2)), 0))
        .withMessage("loop epilogue: expected a chain without reductions");
  }
}
