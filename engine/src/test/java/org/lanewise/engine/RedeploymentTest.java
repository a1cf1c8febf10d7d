package org.lanewise.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class RedeploymentTest {
  /** The threads of the server hold the engine's scratch softly: until memory is short. */
  @Test
  void anEngineThatNobodyUsesAnyMoreIsUnloaded() {
    String output =
        ForkedJvm.outputOf(
            Redeployment.class, List.of("-Dlanewise.threads=3", "-XX:SoftRefLRUPolicyMSPerMB=0"));
    assertThat(output.lines()).endsWith("gone");
  }
}
