package org.lanewise.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lanewise.engine.ForkedJvm;

class TieredLoopTest {
  /** In a JVM of its own, where no other loops wait for their trial. */
  @Test
  void theAssembledLoopTakesOverWithTheSameBits() {
    assertThat(ForkedJvm.outputOf(TierChange.class, List.of())).isEqualTo("tiles assembled same");
  }
}
