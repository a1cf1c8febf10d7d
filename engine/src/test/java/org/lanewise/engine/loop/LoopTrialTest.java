package org.lanewise.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lanewise.engine.loop.LoopCode.Access;
import org.lanewise.engine.loop.LoopCode.Instruction;
import org.lanewise.engine.loop.LoopTrial.Standing;
import org.lanewise.engine.operation.Elementwise;

class LoopTrialTest {
  private static final LoopCode SUM =
      new LoopCode(
          List.of(Access.ALONG, Access.ALONG),
          List.of(new Instruction(Elementwise.ADD, List.of(0, 1))),
          List.of(2),
          List.of());

  private final TileLoop tiles = new TileLoop(SUM);
  private float[] heap = {};

  private Standing outcome(VectorBody assembled) {
    PaddedLoop padded = new PaddedLoop(SUM, assembled);
    LoopTrial trial = new LoopTrial(SUM, new PaddedLoop(SUM, tiles), padded);
    assertThat(trial.assembled()).isSameAs(padded);
    Standing standing = trial.advance();
    while (standing == Standing.OPEN) {
      standing = trial.advance();
    }
    return standing;
  }

  @Test
  void aFasterLoopWins() {
    assertThat(outcome((arrays, starts, steps, rows, columns, partials) -> {}))
        .isEqualTo(Standing.WON);
  }

  @Test
  void aFasterLoopThatAllocatesLoses() {
    assertThat(
            outcome((arrays, starts, steps, rows, columns, partials) -> heap = new float[columns]))
        .isEqualTo(Standing.LOST);
    assertThat(heap).isNotEmpty();
  }

  @Test
  void aSlowerLoopLoses() {
    assertThat(
            outcome(
                (arrays, starts, steps, rows, columns, partials) -> {
                  for (int time = 0; time < 50; time++) {
                    tiles.run(arrays, starts, steps, rows, columns, partials);
                  }
                }))
        .isEqualTo(Standing.LOST);
  }
}
