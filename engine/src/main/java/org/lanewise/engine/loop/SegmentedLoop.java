package org.lanewise.engine.loop;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.lanewise.engine.loop.LoopCode.Access;
import org.lanewise.engine.loop.LoopCode.Accumulation;
import org.lanewise.engine.loop.LoopCode.Instruction;
import org.lanewise.engine.operation.Elementwise;

/**
 * A code that is too long for one loop, cut into segments, each an assembled loop of its own, that
 * hand values to each other in tiles which stay in the nearest cache.
 */
final class SegmentedLoop implements WholeVectorLoop {
  /** The most that the operations of one segment may cost; see docs/decisions.md. */
  private static final int LARGEST_SEGMENT = 80;

  /** The least cost of an elementary function, which gets a segment of its own. */
  private static final int ELEMENTARY = 24;

  /** The cost of a second exponential of the same operand. */
  private static final int SHARING = 8;

  private final LoopCode code;
  private final WholeVectorLoop[] segments;

  /** The place of each value that has a tile, after those of the code; 0 for others. */
  private final int[] tilePlaces;

  private final int tiles;

  private SegmentedLoop(LoopCode code, List<BitSet> parts) {
    this.code = code;
    tilePlaces = new int[code.values()];
    int count = 0;
    for (int part = 0; part < parts.size(); part++) {
      for (int value : read(parts, part)) {
        if (value >= code.inputs().size() && tilePlaces[value] == 0) {
          tilePlaces[value] = code.places() + count++;
        }
      }
    }
    tiles = count;
    segments =
        IntStream.range(0, parts.size())
            .mapToObj(part -> segment(parts, part))
            .toArray(WholeVectorLoop[]::new);
  }

  /**
   * The loop or loops of a code.
   *
   * @throws IllegalStateException if no class can be defined at run time here
   */
  static WholeVectorLoop of(LoopCode code) {
    List<BitSet> parts = split(code);
    return parts.size() > 1 ? new SegmentedLoop(code, parts) : LoopAssembler.assemble(code);
  }

  /** The instructions of each segment, by the number of their value. */
  static List<BitSet> split(LoopCode code) {
    List<BitSet> parts = new ArrayList<>();
    int room = 0;
    @Nullable Instruction elementary = null;
    for (int i = 0; i < code.instructions().size(); i++) {
      Instruction instruction = code.instructions().get(i);
      boolean shares = elementary != null && sharesItsSteps(instruction, elementary);
      int cost = shares ? SHARING : instruction.operation().cost();
      if (parts.isEmpty() || cost > room || (cost >= ELEMENTARY && elementary != null)) {
        parts.add(new BitSet());
        room = LARGEST_SEGMENT;
        elementary = null;
        cost = instruction.operation().cost();
      }
      if (cost >= ELEMENTARY) {
        elementary = instruction;
      }
      parts.get(parts.size() - 1).set(code.inputs().size() + i);
      // Every operation is reckoned with a load or a store.
      room -= cost + 1;
    }
    return parts;
  }

  /**
   * Whether two functions share most of their steps, which are compiled once: exponentials of one
   * value.
   */
  private static boolean sharesItsSteps(Instruction instruction, Instruction other) {
    return isExponential(instruction.operation())
        && isExponential(other.operation())
        && instruction.operands().equals(other.operands());
  }

  private static boolean isExponential(Elementwise operation) {
    return operation == Elementwise.EXP || operation == Elementwise.EXPM1;
  }

  /** The values that a segment reads and does not compute. */
  private List<Integer> read(List<BitSet> parts, int part) {
    BitSet read = new BitSet();
    for (int value : parts.get(part).stream().toArray()) {
      instruction(value).operands().forEach(read::set);
    }
    outputs(parts, part).forEach(output -> read.set(code.outputs().get(output)));
    accumulations(parts, part).forEach(each -> read.set(code.accumulations().get(each).value()));
    read.andNot(parts.get(part));
    return read.stream().boxed().toList();
  }

  private Instruction instruction(int value) {
    return code.instructions().get(value - code.inputs().size());
  }

  /** The outputs that a segment stores: the last stores all, as they may lie over inputs. */
  private List<Integer> outputs(List<BitSet> parts, int part) {
    boolean last = part == parts.size() - 1;
    return IntStream.range(0, last ? code.outputs().size() : 0).boxed().toList();
  }

  /** The accumulations of a segment: of what it computes, and in the last those of inputs. */
  private List<Integer> accumulations(List<BitSet> parts, int part) {
    boolean last = part == parts.size() - 1;
    return IntStream.range(0, code.accumulations().size())
        .filter(
            i -> {
              int value = code.accumulations().get(i).value();
              return parts.get(part).get(value) || (last && value < code.inputs().size());
            })
        .boxed()
        .toList();
  }

  private WholeVectorLoop segment(List<BitSet> parts, int part) {
    int[] numbers = new int[code.values()];
    List<Integer> places = new ArrayList<>();
    List<Access> inputs = new ArrayList<>();
    for (int value : read(parts, part)) {
      numbers[value] = inputs.size();
      boolean input = value < code.inputs().size();
      inputs.add(input ? code.inputs().get(value) : Access.ALONG);
      places.add(input ? value : tilePlaces[value]);
    }
    List<Instruction> instructions = new ArrayList<>();
    List<Integer> outputs = new ArrayList<>();
    for (int value : parts.get(part).stream().toArray()) {
      numbers[value] = inputs.size() + instructions.size();
      List<Integer> operands =
          instruction(value).operands().stream().map(each -> numbers[each]).toList();
      instructions.add(new Instruction(instruction(value).operation(), operands));
      if (tilePlaces[value] > 0) {
        outputs.add(numbers[value]);
        places.add(tilePlaces[value]);
      }
    }
    for (int output : outputs(parts, part)) {
      outputs.add(numbers[code.outputs().get(output)]);
      places.add(code.outputPlace(output));
    }
    List<Accumulation> accumulations = new ArrayList<>();
    for (int i : accumulations(parts, part)) {
      Accumulation whole = code.accumulations().get(i);
      accumulations.add(new Accumulation(numbers[whole.value()], whole.kind(), whole.direction()));
      places.add(code.accumulationPlace(i));
    }
    LoopCode own = new LoopCode(inputs, instructions, outputs, accumulations);
    return LoopAssembler.assemble(own, code, places.stream().mapToInt(Integer::intValue).toArray());
  }

  @Override
  public int tiles() {
    return tiles;
  }

  @Override
  public void run(
      float[][] arrays,
      int[] starts,
      int[] steps,
      int row,
      int rows,
      int column,
      int columns,
      float[] partials,
      float[] tiles) {
    int tileColumns = Math.min(columns, LoopScratch.TILE);
    int tileRows = LoopScratch.TILE / tileColumns;
    for (int y = 0; y < rows; y += tileRows) {
      int height = Math.min(tileRows, rows - y);
      for (int x = 0; x < columns; x += tileColumns) {
        int width = Math.min(tileColumns, columns - x);
        for (WholeVectorLoop segment : segments) {
          segment.run(arrays, starts, steps, row + y, height, column + x, width, partials, tiles);
        }
      }
    }
  }
}
