package org.lanewise.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.bench.compare.Comparison.Plan;

final class CompareOptionsTest {
  @Test
  void withoutOptionsEverythingIsCompared() {
    CompareOptions options = CompareOptions.parse().orElseThrow();
    assertThat(options.rows()).isEqualTo(Row.all());
    assertThat(options.plan()).isEqualTo(new Plan(2, 0.1, 11, 1));
  }

  @Test
  void readsEveryOption() {
    CompareOptions options =
        CompareOptions.parse(
                "64×64", "--warm-up", "1", "--round=0.5", "--rounds=3", "--forks=2", "--output=x")
            .orElseThrow();
    assertThat(options.rows()).singleElement().hasToString("matrix product 64×64×64");
    assertThat(options.plan()).isEqualTo(new Plan(1, 0.5, 3, 2));
    assertThat(options.output()).isEqualTo(Path.of("x"));
  }

  @Test
  void coldIsNoWork() {
    CompareOptions options = CompareOptions.parse("cold").orElseThrow();
    assertThat(options.rows()).isEmpty();
    assertThat(options.cold()).contains(new ColdComparison.Plan(5, 10_000));
    assertThat(CompareOptions.parse("cold", "--runs=1", "--steps=100").orElseThrow().cold())
        .contains(new ColdComparison.Plan(1, 100));
    assertThat(CompareOptions.parse("exp", "--runs=1").orElseThrow().cold()).isEmpty();
  }

  @Test
  void helpIsNoRun() {
    assertThat(CompareOptions.parse("--help")).isEmpty();
    assertThat(CompareOptions.help()).contains("--rounds", "matrix product 64×64×64");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no such work",
        "(",
        "--rounds=0",
        "--round=-1",
        "--warm-up=NaN",
        "--runs=0",
        "--steps=0",
        "--depth=2"
      })
  void refusesWhatItCannotUse(String argument) {
    assertThatIllegalArgumentException().isThrownBy(() -> CompareOptions.parse(argument));
  }
}
