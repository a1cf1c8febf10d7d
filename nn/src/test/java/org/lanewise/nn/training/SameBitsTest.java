package org.lanewise.nn.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Training gives the same bits whatever the lane width and the number of threads. */
final class SameBitsTest {
  @Test
  void lanesAndThreadsDoNotMatter() throws IOException, InterruptedException {
    Process narrow = start(128, 2);
    Process alone = start(256, 1);
    String expected = "bits " + TrainedBits.train();
    assertThat(output(narrow)).as("128 bits, 2 threads").endsWith(expected);
    assertThat(output(alone)).as("256 bits, 1 thread").endsWith(expected);
  }

  private static Process start(int bits, int threads) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-modules",
            "jdk.incubator.vector",
            "-cp",
            System.getProperty("java.class.path"),
            "-Dlanewise.vectorBits=" + bits,
            "-Dlanewise.threads=" + threads,
            TrainedBits.class.getName())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static String output(Process process) throws IOException, InterruptedException {
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.strip();
  }
}
