package org.lanewise.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SinceStartTest {
  @Test
  void countsFromTheStartItWasTold() {
    double told = 5000;
    SinceStart clock = new SinceStart(SinceStart.wall() - (long) (told * 1e6));
    double first = clock.milliseconds();
    assertThat(first).isGreaterThanOrEqualTo(told);
    assertThat(clock.milliseconds()).isGreaterThanOrEqualTo(first);
  }

  @Test
  void theOptionTellsTheStart() {
    String[] option = SinceStart.option().split("=", 2);
    assertThat(option[0]).startsWith("-D");
    assertThat(Long.parseLong(option[1])).isPositive().isLessThanOrEqualTo(SinceStart.wall());
  }
}
