package org.lanewise.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RelocationTest {
  @ParameterizedTest
  @ValueSource(strings = {"off", "at-once"})
  void theEngineWorksInAnotherPackage(String vectors, @TempDir Path directory) {
    String output =
        ForkedJvm.outputOf(
            Relocation.class, List.of("-Dlanewise.vectors=" + vectors), directory.toString());
    assertThat(output.lines())
        .endsWith("computed by shaded.lanewise.engine.Redeployment$Application");
  }
}
