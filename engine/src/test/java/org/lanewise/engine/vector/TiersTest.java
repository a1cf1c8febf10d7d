package org.lanewise.engine.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.lanewise.engine.ForkedJvm;

class TiersTest {
  /** In a JVM of its own, as those of the tests have decided already. */
  @Tag("vectors")
  @Test
  void thatAreAskedTogetherHaveOneTrial() {
    assertThat(ForkedJvm.outputOf(AskedTogether.class, List.of()))
        .isEqualTo("3001 tiers, 3001 trials");
  }
}
