package org.lanewise.nn.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.lanewise.nn.ForkedJvm;

/** Training gives the same bits whatever the lane width and the number of threads. */
final class SameBitsTest {
  @Test
  void lanesAndThreadsDoNotMatter() throws IOException, InterruptedException {
    ForkedJvm narrow = start(128, 2);
    ForkedJvm alone = start(256, 1);
    String expected = "bits " + TrainedBits.train();
    assertThat(narrow.output()).as("128 bits, 2 threads").endsWith(expected);
    assertThat(alone.output()).as("256 bits, 1 thread").endsWith(expected);
  }

  private static ForkedJvm start(int bits, int threads) throws IOException {
    return new ForkedJvm(
        TrainedBits.class, "-Dlanewise.vectorBits=" + bits, "-Dlanewise.threads=" + threads);
  }
}
