package org.lanewise.bench.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImageDataTest {
  private static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
  private static final String TRAIN_LABELS = "train-labels-idx1-ubyte";
  private static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
  private static final String TEST_LABELS = "t10k-labels-idx1-ubyte";

  @TempDir Path folder;

  /** Three training images and two test images of 2 x 3 pixels. */
  @BeforeEach
  void writeFolder() throws IOException {
    write(TRAIN_IMAGES, IdxBytes.images(3, 2, 3));
    write(TRAIN_LABELS, IdxBytes.labels(7, 0, 9));
    write(TEST_IMAGES, IdxBytes.images(2, 2, 3));
    write(TEST_LABELS, IdxBytes.labels(1, 2));
  }

  @Test
  void readsAFolder() {
    assertRead(ImageData.read(folder));
  }

  @Test
  void readsDottedAndGzippedNames() throws IOException {
    rename(TRAIN_IMAGES, "train-images.idx3-ubyte");
    Files.delete(folder.resolve(TRAIN_LABELS));
    write(TRAIN_LABELS + ".gz", IdxBytes.gzip(IdxBytes.labels(7, 0, 9)));
    Files.delete(folder.resolve(TEST_IMAGES));
    write("t10k-images.idx3-ubyte.gz", IdxBytes.gzip(IdxBytes.images(2, 2, 3)));
    // Named as gzipped and is not.
    rename(TEST_LABELS, TEST_LABELS + ".gz");
    assertRead(ImageData.read(folder));
  }

  private static void assertRead(ImageData data) {
    LabeledImages train = data.train();
    assertThat(train.count()).isEqualTo(3);
    assertThat(train.height()).isEqualTo(2);
    assertThat(train.width()).isEqualTo(3);
    assertThat(train.size()).isEqualTo(6);
    assertThat(train.labels()).containsExactly(7, 0, 9);
    assertThat(train.pixels()).hasSize(18).startsWith(0, 0).endsWith(2 / 255f, 2 / 255f);
    assertThat(data.test().count()).isEqualTo(2);
    assertThat(data.test().labels()).containsExactly(1, 2);
  }

  @Test
  void wrongFolder() throws IOException {
    Path missing = folder.resolve("nowhere");
    assertRefused(missing, missing + ": no such folder");
    Path file = folder.resolve(TEST_LABELS);
    assertRefused(file, file + ": not a folder");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertRefused(
        empty, empty + ": expected a file train-images-idx3-ubyte or train-images-idx3-ubyte.gz");
  }

  @Test
  void missingFiles() throws IOException {
    for (String name : new String[] {TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS}) {
      rename(name, "elsewhere");
      assertRefused(folder, folder + ": expected a file " + name + " or " + name + ".gz");
      rename("elsewhere", name);
    }
  }

  @Test
  void countsDiffer() throws IOException {
    write(TRAIN_LABELS, IdxBytes.labels(7, 0));
    assertRefused(
        folder,
        folder.resolve(TRAIN_LABELS)
            + ": expected a label for each image, found 2 labels for the 3 images of "
            + folder.resolve(TRAIN_IMAGES));
  }

  @Test
  void labelIsNoClass() throws IOException {
    write(TEST_LABELS, IdxBytes.labels(1, 10));
    assertRefused(
        folder,
        folder.resolve(TEST_LABELS) + ": expected labels from 0 to 9, label number 1 is 10");
    write(TEST_LABELS, IdxBytes.labels(255, 0));
    assertRefused(
        folder,
        folder.resolve(TEST_LABELS) + ": expected labels from 0 to 9, label number 0 is 255");
  }

  @Test
  void noPixels() throws IOException {
    write(TEST_IMAGES, IdxBytes.images(0, 2, 3));
    write(TEST_LABELS, IdxBytes.labels());
    assertRefused(folder, folder.resolve(TEST_IMAGES) + ": holds no pixels, 0 images of 2 x 3");
    write(TEST_IMAGES, IdxBytes.images(2, 0, 3));
    assertRefused(folder, folder.resolve(TEST_IMAGES) + ": holds no pixels, 2 images of 0 x 3");
  }

  @Test
  void imagesAndLabelsSwapped() throws IOException {
    rename(TEST_IMAGES, "elsewhere");
    rename(TEST_LABELS, TEST_IMAGES);
    rename("elsewhere", TEST_LABELS);
    assertRefused(
        folder,
        folder.resolve(TEST_IMAGES)
            + ": not an IDX file of unsigned bytes in 3 dimensions, expected the magic number"
            + " 00000803, found 00000801");
  }

  @Test
  void sizesDiffer() throws IOException {
    write(TEST_IMAGES, IdxBytes.images(2, 3, 2));
    assertRefused(folder, "expected training and test images of one size, found 2 x 3 and 3 x 2");
  }

  @Test
  void sliceCopiesARange() {
    LabeledImages slice = ImageData.read(folder).train().slice(1, 3);
    assertThat(slice.count()).isEqualTo(2);
    assertThat(slice.labels()).containsExactly(0, 9);
    assertThat(slice.pixels()).hasSize(12).startsWith(1 / 255f).endsWith(2 / 255f);
    assertThat(slice.size()).isEqualTo(6);
  }

  @Test
  void embeddedImagesAreBalanced() {
    ImageData data = ImageData.embedded();
    assertBalanced(data.train(), 1300);
    assertBalanced(data.test(), 200);
  }

  private static void assertBalanced(LabeledImages images, int perClass) {
    assertThat(images.height()).isEqualTo(28);
    assertThat(images.width()).isEqualTo(28);
    assertThat(images.count()).isEqualTo(10 * perClass);
    int[] counts = new int[LabeledImages.CLASSES];
    for (int label : images.labels()) {
      counts[label]++;
    }
    assertThat(counts).containsOnly(perClass);
    double sum = 0;
    for (float pixel : images.pixels()) {
      assertThat(pixel >= 0 && pixel <= 1).isTrue();
      sum += pixel;
    }
    // The mean pixel of the full training set is 0.2860.
    assertThat(sum / images.pixels().length).isBetween(0.27, 0.30);
  }

  private static void assertRefused(Path folder, String message) {
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> ImageData.read(folder))
        .withMessage(message);
  }

  private void write(String name, byte[] content) throws IOException {
    Files.write(folder.resolve(name), content);
  }

  private void rename(String from, String to) throws IOException {
    Files.move(folder.resolve(from), folder.resolve(to));
  }
}
