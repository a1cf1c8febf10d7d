package org.lanewise.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.lanewise.engine.ForkedJvm;

class TieredLoopTest {
  /** In a JVM of its own, where no other loops wait for their trial. */
  @Tag("vectors")
  @Test
  void vectorsTakeOverWithTheSameBits() {
    assertThat(ForkedJvm.outputOf(TierChange.class, List.of())).isEqualTo("scalar vectors same");
  }
}
