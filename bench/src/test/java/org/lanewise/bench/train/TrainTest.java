package org.lanewise.bench.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole job on a few images of 2 x 3 pixels. */
final class TrainTest {
  @TempDir Path folder;

  @BeforeEach
  void writeImages() throws IOException {
    write("train", 240);
    write("t10k", 40);
  }

  private void write(String stem, int count) throws IOException {
    int[] labels = IntStream.range(0, count).map(i -> i % 10).toArray();
    Files.write(folder.resolve(stem + "-images-idx3-ubyte"), IdxBytes.images(count, 2, 3));
    Files.write(folder.resolve(stem + "-labels-idx1-ubyte"), IdxBytes.labels(labels));
  }

  private List<String> run(String... more) {
    return run(0, more);
  }

  private List<String> run(int expectedCode, String... more) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--data", folder.toString(), "--epochs", "2", "--hidden", "6,5"));
    arguments.addAll(List.of(more));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    int code = Command.run(arguments.toArray(String[]::new), out, out, Train::run);
    List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(code).as("%s", lines).isEqualTo(expectedCode);
    return lines;
  }

  static Stream<String> recipes() {
    return Recipe.ALL.values().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void everyRecipeRuns(String recipe) {
    List<String> fewer =
        switch (recipe) {
          case "transfer" -> List.of("--transfer", "20", "--batch", "10");
          case "mc-dropout" -> List.of("--monte-carlo", "3", "--batch", "20");
          default -> List.of("--batch", "20");
        };
    List<String> arguments = new ArrayList<>(List.of("--recipe", recipe));
    arguments.addAll(fewer);

    assertThat(run(arguments.toArray(String[]::new)).getLast())
        .matches("test accuracy: [01]\\.\\d{4}");
  }

  /** Every option that chooses from a list, with everything it lists. */
  static Stream<String> choices() {
    return Stream.of(
            Catalog.ACTIVATIONS,
            Catalog.INITIALIZERS,
            Catalog.LOSSES,
            Catalog.OPTIMIZERS,
            Catalog.SCHEDULES,
            Catalog.CLIPPINGS,
            Catalog.REGULARIZERS)
        .flatMap(
            choices ->
                choices.values().keySet().stream().map(name -> choices.option() + "=" + name));
  }

  @ParameterizedTest
  @MethodSource("choices")
  void everyChoiceTrains(String choice) {
    assertThat(run(choice, "--batch", "40").getLast()).matches("test accuracy: [01]\\.\\d{4}");
  }

  @Test
  void aScheduleThatNeedsMoreStepsIsRefused() {
    assertThat(run(2, "--schedule=one-cycle", "--batch=100"))
        .last()
        .asString()
        .contains("--schedule: one_cycle: expected at least 10 steps, was 6");
  }

  @Test
  void transferMeasuresWithAndWithoutWhatWasLearnedBefore() {
    assertThat(run("--recipe", "transfer", "--transfer", "20"))
        .filteredOn(line -> !line.startsWith("epoch"))
        .hasSize(5)
        .startsWith("the first 8 classes:")
        .element(3)
        .asString()
        .startsWith("test accuracy from scratch: ");
  }

  @Test
  void samplesArePredictedFromBesideTheCertainNetwork() {
    assertThat(run("--recipe", "mc-dropout", "--monte-carlo", "3"))
        .element(2)
        .asString()
        .startsWith("test accuracy by the mean of 3 samples: ");
  }

  @Test
  void standardizedPixelsHaveMeanZeroAndVarianceOne() {
    ImageData images = ImageData.read(folder).standardized();
    float[] x = images.train().pixels();
    double sum = 0;
    double squares = 0;
    for (int i = 4; i < x.length; i += 6) {
      sum += x[i];
      squares += (double) x[i] * x[i];
    }
    assertThat(Math.abs(sum / 240)).isLessThan(1e-6);
    assertThat(Math.abs(squares / 240 - 1)).isLessThan(1e-6);
    // Test images are scaled by what the training images came to: they start alike.
    assertThat(images.test().pixels()).startsWith(x[0], x[1], x[2]);
  }

  @Test
  void imagesOfSomeClassesAreNumberedFromZero() {
    LabeledImages last = ImageData.read(folder).train().ofClasses(8, 10);
    assertThat(last.count()).isEqualTo(48);
    assertThat(last.labels()).startsWith(0, 1, 0, 1);
    // Every pixel is the number of its image.
    assertThat(last.pixels()[0]).isEqualTo(8 / 255f);
    assertThat(last.pixels()[6]).isEqualTo(9 / 255f);
  }
}
