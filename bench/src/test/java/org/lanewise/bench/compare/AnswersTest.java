package org.lanewise.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class AnswersTest {
  @Test
  void reasonIsTheFirstLineAtTheBottomOfAFailure() {
    Throwable failure =
        new ExceptionInInitializerError(
            new IllegalStateException("outer", new UnsatisfiedLinkError("no library\nin a.so")));
    assertThat(Answers.reason(failure)).isEqualTo("java.lang.UnsatisfiedLinkError: no library");
  }

  @Test
  void emptyTextHasAnEmptyFirstLine() {
    assertThat(Answers.firstLine("")).isEmpty();
  }
}
