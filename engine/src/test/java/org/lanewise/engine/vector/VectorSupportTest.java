package org.lanewise.engine.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import jdk.incubator.vector.VectorShape;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.engine.ForkedJvm;

class VectorSupportTest {
  private static final List<String> VECTORS = List.of("--add-modules", "jdk.incubator.vector");
  private static final String SLOW = "computing without vectors, several times slower";
  private static final String RESULT = "computed 7.389056";

  @Test
  void withoutTheModuleItComputesAndSaysOnceWhichFlagIsMissing() {
    ForkedJvm.Result result = ForkedJvm.run(FirstUse.class, List.of());

    assertThat(result.output().lines()).containsExactly(RESULT, RESULT);
    assertThat(result.errors())
        .containsOnlyOnce(SLOW)
        .contains("--add-modules jdk.incubator.vector");
    assertThat(result.code()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"required, ''", "at-once, ''", "required, -Xint"})
  void whoAsksForVectorsIsToldByAnException(String wish, String option) {
    List<String> options = new ArrayList<>(List.of("-Dlanewise.vectors=" + wish));
    if (!option.isEmpty()) {
      options.addAll(VECTORS);
      options.add(option);
    }
    ForkedJvm.Result result = ForkedJvm.run(FirstUse.class, options);

    String missing = option.isEmpty() ? "--add-modules jdk.incubator.vector" : "C2";
    assertThat(result.output().lines().filter(line -> !line.startsWith("WARNING")))
        .hasSize(2)
        .allSatisfy(
            line ->
                assertThat(line)
                    .startsWith("java.lang.IllegalStateException: this JVM")
                    .contains(missing));
    assertThat(result.errors()).doesNotContain(SLOW);
  }

  @Test
  void whoSwitchesVectorsOffIsNotWarned() {
    ForkedJvm.Result result = ForkedJvm.run(FirstUse.class, List.of("-Dlanewise.vectors=off"));

    assertThat(result.output().lines()).containsExactly(RESULT, RESULT);
    assertThat(result.errors()).isEmpty();
  }

  @Test
  void anotherWishIsAnErrorThatNamesTheProperty() {
    String message =
        "java.lang.IllegalStateException: system property lanewise.vectors: expected off, required"
            + " or at-once, was on";
    assertThat(run("-Dlanewise.vectors=on").output().lines()).endsWith(message, message);
  }

  @Test
  void withTheModuleItComputesWithoutAWarningOfItsOwn() {
    ForkedJvm.Result result = run();

    assertThat(result.output().lines()).endsWith(RESULT, RESULT);
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

    assertThat(result.output().lines()).endsWith(RESULT, RESULT);
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

  @Tag("vectors")
  @ParameterizedTest
  @ValueSource(ints = {128, 512})
  void lanesWiderThanTheMachinesAreWarnedOfOnce(int bits) {
    ForkedJvm.Result result = run("-Dlanewise.vectorBits=" + bits);

    assertThat(result.output().lines()).endsWith(RESULT, RESULT);
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
    assertThat(VectorSupport.isOptimizing(name, info)).isEqualTo(optimizing);
  }

  private static ForkedJvm.Result run(String... options) {
    List<String> all = new ArrayList<>(VECTORS);
    all.addAll(List.of(options));
    return ForkedJvm.run(FirstUse.class, all);
  }
}
