package org.lanewise.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lanewise.engine.loop.LoopCode.Access;
import org.lanewise.engine.loop.LoopCode.Instruction;
import org.lanewise.engine.operation.Elementwise;

class TiersTest {
  private static final int ROWS = 3;
  private static final int COLUMNS = 37;
  private static final int LINKS = 20;

  /**
   * x − (x − (x − … y)): many cheap operations, where the first tier passes over memory for each.
   */
  private static final LoopCode CHAIN =
      new LoopCode(List.of(Access.ALONG, Access.ALONG), links(), List.of(LINKS + 1), List.of());

  private static List<Instruction> links() {
    List<Instruction> links = new ArrayList<>();
    for (int link = 0; link < LINKS; link++) {
      links.add(new Instruction(Elementwise.SUBTRACT, List.of(0, link + 1)));
    }
    return links;
  }

  private static float[] run(Tiers tiers) {
    float[] x = new float[ROWS * COLUMNS];
    float[] y = new float[ROWS * COLUMNS];
    for (int i = 0; i < x.length; i++) {
      x[i] = 1f / (i + 1);
      y[i] = i / 7f;
    }
    float[] result = new float[ROWS * COLUMNS];
    int[] steps = {COLUMNS, COLUMNS, COLUMNS};
    tiers.run(new float[][] {x, y, result}, new int[3], steps, ROWS, COLUMNS, new float[0]);
    return result;
  }

  @Test
  void theAssembledLoopTakesOverWithTheSameBits() throws InterruptedException {
    Tiers tiers = Tiers.of(CHAIN);
    assertThat(Tiers.of(CHAIN)).isSameAs(tiers);
    assertThat(tiers.tier()).isEqualTo("tiles");
    float[] before = run(tiers);
    for (Duration left = Duration.ofMinutes(2);
        !tiers.decided() && left.isPositive();
        left = left.minusMillis(10)) {
      Thread.sleep(10);
    }
    assertThat(tiers.decided()).isTrue();
    assertThat(tiers.tier()).isEqualTo("assembled");
    assertThat(run(tiers)).isEqualTo(before);
  }
}
