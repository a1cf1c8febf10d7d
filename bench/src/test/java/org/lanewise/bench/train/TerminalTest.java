package org.lanewise.bench.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TerminalTest {
  @Test
  void readsTheSecondNumber() {
    assertThat(Terminal.columnsOf("24 80\n")).isEqualTo(80);
    assertThat(Terminal.columnsOf("50 212")).isEqualTo(212);
  }

  @Test
  void anythingElseIsUnknown() {
    for (String size : new String[] {"", "\n", "80", "0 0", "24 -1", "24 80 3", "a b", "1 99999"}) {
      assertThat(Terminal.columnsOf(size)).as("'%s'", size).isZero();
    }
  }

  @Test
  void aPipeIsNoTerminal() {
    // Tests run with their output in a pipe.
    assertThat(Terminal.columns()).isEmpty();
  }
}
