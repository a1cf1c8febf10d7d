package org.lanewise.bench.train;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The images of a training job.
 *
 * @param train the images to learn from
 * @param test the images to measure the result on, of the same size
 */
record ImageData(LabeledImages train, LabeledImages test) {
  private static final String EMBEDDED = "/org/lanewise/bench/fashion-mnist/";
  private static final String COMPRESSED = ".gz";

  /** Checks that one network fits both. */
  ImageData {
    if (train.height() != test.height() || train.width() != test.width()) {
      throw new InputException(
          "expected training and test images of one size, found "
              + train.height()
              + " x "
              + train.width()
              + " and "
              + test.height()
              + " x "
              + test.width());
    }
  }

  /** The same with every pixel of mean 0 and variance 1 over the images to learn from. */
  ImageData standardized() {
    double[] mean = new double[train.size()];
    double[] variance = new double[train.size()];
    float[] x = train.pixels();
    for (int i = 0; i < x.length; i++) {
      mean[i % mean.length] += (double) x[i] / train.count();
    }
    for (int i = 0; i < x.length; i++) {
      double distance = x[i] - mean[i % mean.length];
      variance[i % mean.length] += distance * distance / train.count();
    }
    return new ImageData(
        train.withPixels(standardized(x, mean, variance)),
        test.withPixels(standardized(test.pixels(), mean, variance)));
  }

  /** A pixel that never varies stays 0. */
  private static float[] standardized(float[] x, double[] mean, double[] variance) {
    float[] y = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      int pixel = i % mean.length;
      double deviation = variance[pixel] > 0 ? Math.sqrt(variance[pixel]) : 1;
      y[i] = (float) ((x[i] - mean[pixel]) / deviation);
    }
    return y;
  }

  /** The four files of a folder, by the names that MNIST gave them. */
  private enum Part {
    TRAIN_IMAGES("train-images", "idx3-ubyte", 3),
    TRAIN_LABELS("train-labels", "idx1-ubyte", 1),
    TEST_IMAGES("t10k-images", "idx3-ubyte", 3),
    TEST_LABELS("t10k-labels", "idx1-ubyte", 1);

    final String dashed;
    final String dotted;
    final int dimensions;

    Part(String stem, String suffix, int dimensions) {
      this.dashed = stem + "-" + suffix;
      this.dotted = stem + "." + suffix;
      this.dimensions = dimensions;
    }
  }

  @FunctionalInterface
  private interface Source {
    IdxFile open(Part part);
  }

  /** The subset of Fashion-MNIST that comes with this module. */
  static ImageData embedded() {
    return read(ImageData::readEmbedded);
  }

  /**
   * The images of a folder like MNIST's: {@code train-images-idx3-ubyte}, {@code
   * train-labels-idx1-ubyte}, {@code t10k-images-idx3-ubyte} and {@code t10k-labels-idx1-ubyte},
   * each also with a dot before {@code idx} and with {@code .gz} at the end.
   *
   * @throws InputException if the folder or a file is missing or not what it should be
   */
  static ImageData read(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new InputException(
          folder + (Files.exists(folder) ? ": not a folder" : ": no such folder"));
    }
    return read(part -> IdxFile.read(find(folder, part), part.dimensions));
  }

  private static ImageData read(Source source) {
    return new ImageData(
        LabeledImages.of(source.open(Part.TRAIN_IMAGES), source.open(Part.TRAIN_LABELS)),
        LabeledImages.of(source.open(Part.TEST_IMAGES), source.open(Part.TEST_LABELS)));
  }

  private static Path find(Path folder, Part part) {
    return List.of(part.dashed, part.dotted, part.dashed + COMPRESSED, part.dotted + COMPRESSED)
        .stream()
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    folder
                        + ": expected a file "
                        + part.dashed
                        + " or "
                        + part.dashed
                        + COMPRESSED));
  }

  private static IdxFile readEmbedded(Part part) {
    String name = EMBEDDED + part.dashed + COMPRESSED;
    try (InputStream in = ImageData.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("not in this build: " + name);
      }
      return IdxFile.read(in, name, part.dimensions);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
