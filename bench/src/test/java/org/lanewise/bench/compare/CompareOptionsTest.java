package org.lanewise.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
  @CsvSource(
      delimiter = ';',
      value = {
        "no such work;expected a part of a work's name, was no such work",
        "(;Unclosed group near index 1",
        "--rounds=0;--rounds: expected a number above 0, was 0.0",
        "--round=-1;--round: expected a number above 0, was -1.0",
        "--warm-up=NaN;--warm-up: expected a number above 0, was NaN",
        "--forks=0;--forks: expected a number above 0, was 0.0",
        "--runs=0;--runs: expected a number above 0, was 0.0",
        "--steps=0;--steps: expected a number above 0, was 0.0",
        "--rounds=x;Invalid value for option '--rounds': 'x' is not an int",
        "--depth=2;Unknown option: '--depth=2'"
      })
  void refusesWhatItCannotUse(String argument, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CompareOptions.parse(argument))
        .withMessageStartingWith(message);
  }
}
