package org.lanewise.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.engine.loop.LoopCode.Access;
import org.lanewise.engine.loop.LoopCode.Accumulation;
import org.lanewise.engine.loop.LoopCode.Direction;
import org.lanewise.engine.loop.LoopCode.Instruction;
import org.lanewise.engine.operation.Elementwise;
import org.lanewise.engine.operation.Reduction;
import org.lanewise.engine.reduction.ReductionOrder;

/** However a code is cut, it computes what plain loops do. */
@Tag("vectors")
class SegmentedLoopTest {
  private static final int ROWS = 5;
  private static final int GAP = 3;

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 10, 64, 67, 100, 1024, 1030, 2050})
  void givesTheBitsOfPlainLoops(int columns) {
    for (Direction direction : Direction.values()) {
      for (boolean inPlace : new boolean[] {false, true}) {
        LoopCode code = code(direction);
        float[][] expected = run(new TileLoop(code), code, columns, inPlace);
        float[][] actual =
            run(new PaddedLoop(code, SegmentedLoop.of(code)), code, columns, inPlace);
        assertThat(IntStream.range(0, code.places()))
            .as("places that differ, %s, %d columns, in place %s", direction, columns, inPlace)
            .allMatch(place -> Arrays.equals(actual[place], expected[place]));
      }
    }
  }

  @Test
  void aSegmentHasOneElementaryFunctionOrTheExponentialsOfOneValue() {
    assertThat(segments(Elementwise.EXP, Elementwise.EXPM1)).isEqualTo(1);
    assertThat(segments(Elementwise.EXP, Elementwise.LOG)).isEqualTo(2);
    Elementwise[] far = new Elementwise[40];
    Arrays.fill(far, Elementwise.ADD);
    far[0] = Elementwise.EXP;
    far[38] = Elementwise.EXPM1;
    far[39] = Elementwise.LOG;
    assertThat(segments(far)).isEqualTo(3);
  }

  /** The number of segments of some operations of one value. */
  private static int segments(Elementwise... operations) {
    List<Instruction> instructions =
        Arrays.stream(operations)
            .map(each -> new Instruction(each, Collections.nCopies(each.arity(), 0)))
            .toList();
    List<Integer> outputs = List.of(operations.length);
    return SegmentedLoop.split(
            new LoopCode(List.of(Access.ALONG), instructions, outputs, List.of()))
        .size();
  }

  /**
   * Functions that take a segment each, but for the exponentials of tanh, all stored and all
   * accumulated; x and e^x · r as well.
   */
  private static LoopCode code(Direction direction) {
    return new LoopCode(
        List.of(Access.ALONG, Access.REPEATED, Access.ALONG),
        List.of(
            new Instruction(Elementwise.EXP, List.of(0)),
            new Instruction(Elementwise.LOG, List.of(2)),
            new Instruction(Elementwise.MULTIPLY, List.of(3, 1)),
            new Instruction(Elementwise.TANH, List.of(5)),
            new Instruction(Elementwise.EXPM1, List.of(6)),
            new Instruction(Elementwise.EXP, List.of(6))),
        List.of(4, 6, 0, 7, 8),
        List.of(
            new Accumulation(0, Reduction.Kind.MAX, direction),
            new Accumulation(3, Reduction.Kind.SUM, direction),
            new Accumulation(5, Reduction.Kind.MIN, direction),
            new Accumulation(6, Reduction.Kind.SUM, direction)));
  }

  /**
   * All arrays after a run, of which nothing but the places of the loop may have changed.
   *
   * @param inPlace whether the first output lies over the first input
   */
  private static float[][] run(LoopBody loop, LoopCode code, int columns, boolean inPlace) {
    Random random = new Random(columns);
    float[][] arrays = new float[code.places()][];
    int[] starts = new int[code.places()];
    int[] steps = new int[code.places()];
    for (int place = 0; place < arrays.length; place++) {
      starts[place] = random.nextInt(20);
      boolean repeated =
          place < code.inputs().size()
              ? code.inputs().get(place) == Access.REPEATED
              : place >= code.accumulationPlace(0) && code.accumulates(Direction.ALONG_ROWS);
      boolean oneRow =
          place == 2
              || (place >= code.accumulationPlace(0) && code.accumulates(Direction.ALONG_COLUMNS));
      steps[place] = repeated ? 1 : oneRow ? 0 : columns + GAP;
      arrays[place] = new float[starts[place] + ROWS * (columns + GAP)];
      for (int i = 0; i < arrays[place].length; i++) {
        arrays[place][i] = random.nextFloat();
      }
    }
    if (inPlace) {
      int output = code.outputPlace(0);
      arrays[output] = arrays[0];
      starts[output] = starts[0];
      steps[output] = steps[0];
    }
    float[] partials = new float[code.accumulations().size() * ReductionOrder.PARTIALS];
    loop.run(arrays, starts, steps, ROWS, columns, partials);
    return arrays;
  }
}
