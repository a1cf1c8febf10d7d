package org.lanewise.engine.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import jdk.incubator.vector.VectorShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.engine.ForkedJvm;

class VectorSupportTest {
  private static final List<String> VECTORS = List.of("--add-modules", "jdk.incubator.vector");
  private static final String SLOW = "hundreds of times less speed";

  @Test
  void withoutTheModuleEveryUseSaysWhichFlagIsMissing() {
    ForkedJvm.Result result = ForkedJvm.run(FirstUse.class, List.of());

    assertThat(result.output().lines())
        .hasSize(2)
        .allSatisfy(
            line ->
                assertThat(line)
                    .startsWith("java.lang.IllegalStateException: Lanewise computes with")
                    .contains("--add-modules jdk.incubator.vector"));
    assertThat(result.errors()).isEmpty();
    assertThat(result.code()).isZero();
  }

  @Test
  void withTheModuleItComputesWithoutAWarningOfItsOwn() {
    ForkedJvm.Result result = run();

    assertThat(result.output().lines()).endsWith("computed 7.389056", "computed 7.389056");
    assertThat(result.output() + result.errors()).doesNotContain(SLOW);
  }

  @Test
  void aWidthThatThereIsNotIsAnErrorThatNamesTheProperty() {
    ForkedJvm.Result result = run("-Dlanewise.vectorBits=300");

    String message =
        "java.lang.IllegalStateException: system property lanewise.vectorBits: expected 128, 256 or"
            + " 512, was 300";
    assertThat(result.output().lines()).endsWith(message, message);
  }

  @Test
  void aJvmThatInterpretsIsWarnedOfOnce() {
    ForkedJvm.Result result = run("-Xint");

    assertThat(result.output().lines()).endsWith("computed 7.389056", "computed 7.389056");
    assertThat(result.errors()).containsOnlyOnce(SLOW).contains("C2");
  }

  @Test
  void aProcessorWithoutFusedMultiplyAddIsWarnedOfOnce() {
    List<String> options = new ArrayList<>(VECTORS);
    options.add("-XX:-UseFMA");
    assertThat(ForkedJvm.run(ProductUse.class, options).errors())
        .containsOnlyOnce("fused multiply-add");
    assertThat(ForkedJvm.run(ProductUse.class, VECTORS).errors())
        .doesNotContain("fused multiply-add");
  }

  @ParameterizedTest
  @ValueSource(ints = {128, 512})
  void lanesWiderThanTheMachinesAreWarnedOfOnce(int bits) {
    ForkedJvm.Result result = run("-Dlanewise.vectorBits=" + bits);

    assertThat(result.output().lines()).endsWith("computed 7.389056", "computed 7.389056");
    if (bits > VectorShape.preferredShape().vectorBitSize()) {
      assertThat(result.errors()).containsOnlyOnce(SLOW).contains("lanewise.vectorBits is " + bits);
    } else {
      assertThat(result.errors()).doesNotContain(SLOW);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          OpenJDK 64-Bit Server VM          | mixed mode, sharing                  | true
          Java HotSpot(TM) 64-Bit Server VM | mixed mode                           | true
          OpenJDK 64-Bit Server VM          | compiled mode, sharing               | true
          OpenJDK 64-Bit Server VM          | interpreted mode, sharing            | false
          OpenJDK 64-Bit Server VM          | mixed mode, emulated-client, sharing | false
          OpenJDK Client VM                 | mixed mode                           | false
          Eclipse OpenJ9 VM                 | JRE 25 Linux amd64-64-Bit Compressed | false
          Substrate VM                      | static mode                          | false
          """)
  void onlyHotSpotsServerVmCompilesVectors(String name, String info, boolean optimizing) {
    assertThat(Lanes.isOptimizing(name, info)).isEqualTo(optimizing);
  }

  private static ForkedJvm.Result run(String... options) {
    List<String> all = new ArrayList<>(VECTORS);
    all.addAll(List.of(options));
    return ForkedJvm.run(FirstUse.class, all);
  }
}
