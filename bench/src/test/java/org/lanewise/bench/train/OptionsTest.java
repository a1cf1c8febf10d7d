package org.lanewise.bench.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class OptionsTest {
  @Test
  void defaults() {
    assertThat(Options.parse())
        .contains(new Options(Optional.empty(), 10, 100, 42, OptionalInt.empty(), 0.001));
  }

  @Test
  void everyOption() {
    assertThat(
            Options.parse(
                "--data",
                "some/folder",
                "--epochs=3",
                "--batch",
                "128",
                "--seed",
                "-9223372036854775808",
                "--threads",
                "2",
                "--learning-rate",
                "3e-4"))
        .contains(
            new Options(
                Optional.of(Path.of("some/folder")),
                3,
                128,
                Long.MIN_VALUE,
                OptionalInt.of(2),
                3e-4));
  }

  @Test
  void oneParseLeavesNothingForTheNext() {
    Optional<Options> defaults = Options.parse();
    Options.parse("--epochs", "3", "--data", "x", "--threads", "1");
    assertThat(Options.parse()).isEqualTo(defaults);
  }

  @Test
  void help() {
    assertThat(Options.parse("--help")).isEmpty();
    assertThat(Options.parse("-h", "--epochs", "3")).isEmpty();
    assertThat(Options.help())
        .contains("--data", "--epochs", "--batch", "--seed", "--threads", "--learning-rate")
        .contains("--help", "default: 10", "default: 100", "default: 42", "default: 0.001");
  }

  @Test
  void outOfRange() {
    assertRefused("--epochs: expected at least 1, was 0", "--epochs", "0");
    assertRefused("--batch: expected at least 2, was 1", "--batch", "1");
    assertRefused("--threads: expected 1 to 4096, was 0", "--threads", "0");
    assertRefused("--threads: expected 1 to 4096, was 4097", "--threads", "4097");
    for (String rate : new String[] {"0.0", "-0.1", "NaN", "Infinity"}) {
      assertRefused(
          "--learning-rate: expected a finite number above 0, was " + rate,
          "--learning-rate",
          rate);
    }
  }

  @Test
  void malformed() {
    assertRefused("Invalid value for option '--epochs': 'ten' is not an int", "--epochs", "ten");
    assertRefused(
        "Invalid value for option '--epochs': '3000000000' is not an int",
        "--epochs",
        "3000000000");
    assertRefused("Invalid value for option '--seed': '1.5' is not a long", "--seed", "1.5");
    assertRefused(
        "Invalid value for option '--learning-rate': '' is not a double", "--learning-rate", "");
    assertRefused("Missing required parameter for option '--data' (DIR)", "--data");
    assertRefused(
        "option '--epochs' (N) should be specified only once", "--epochs=1", "--epochs=2");
  }

  @Test
  void unknown() {
    assertRefused("unknown option --epoch, did you mean --epochs?", "--epoch", "3");
    assertRefused("unknown option -x", "-x");
    assertRefused("unexpected argument folder", "folder");
  }

  private static void assertRefused(String message, String... arguments) {
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> Options.parse(arguments))
        .withMessage(message);
  }
}
