package org.lanewise.bench.train;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.training.DataSet;

/** Gray images and their classes. */
final class LabeledImages {
  /** The number of classes of MNIST and all that follow it. */
  static final int CLASSES = 10;

  private final int height;
  private final int width;
  private final float[] pixels;
  private final int[] labels;

  private LabeledImages(int height, int width, float[] pixels, int[] labels) {
    this.height = height;
    this.width = width;
    this.pixels = pixels;
    this.labels = labels;
  }

  /**
   * Joins a file of images and a file of labels.
   *
   * @throws InputException if they hold no image, images without pixels, another number of labels,
   *     or a label that is no class
   */
  static LabeledImages of(IdxFile images, IdxFile labels) {
    int count = images.shape[0];
    int height = images.shape[1];
    int width = images.shape[2];
    if (images.elements.length == 0) {
      throw new InputException(
          images.name + ": holds no pixels, " + count + " images of " + height + " x " + width);
    }
    if (labels.elements.length != count) {
      throw new InputException(
          labels.name
              + ": expected a label for each image, found "
              + labels.elements.length
              + " labels for the "
              + count
              + " images of "
              + images.name);
    }
    float[] pixels = new float[images.elements.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = Byte.toUnsignedInt(images.elements[i]) / 255f;
    }
    int[] classes = new int[count];
    for (int i = 0; i < count; i++) {
      classes[i] = Byte.toUnsignedInt(labels.elements[i]);
      if (classes[i] >= CLASSES) {
        throw new InputException(
            labels.name
                + ": expected labels from 0 to "
                + (CLASSES - 1)
                + ", label number "
                + i
                + " is "
                + classes[i]);
      }
    }
    return new LabeledImages(height, width, pixels, classes);
  }

  /** The rows of an image. */
  int height() {
    return height;
  }

  /** The pixels in a row. */
  int width() {
    return width;
  }

  /** The pixels, image after image, row after row, from 0 for none of MNIST's ink to 1; no copy. */
  float[] pixels() {
    return pixels;
  }

  /** The class of each image, 0 to {@link #CLASSES} - 1; no copy. */
  int[] labels() {
    return labels;
  }

  /** The number of images. */
  int count() {
    return labels.length;
  }

  /** The number of pixels of an image: what a network has inputs. */
  int size() {
    return height * width;
  }

  /** A copy of the images numbered {@code from} up to but not including {@code to}. */
  LabeledImages slice(int from, int to) {
    return new LabeledImages(
        height,
        width,
        Arrays.copyOfRange(pixels, from * size(), to * size()),
        Arrays.copyOfRange(labels, from, to));
  }

  /** The same images with other pixels, laid out as {@link #pixels}. */
  LabeledImages withPixels(float[] newPixels) {
    return new LabeledImages(height, width, newPixels, labels);
  }

  /** Copies of the images of classes {@code from} up to but not including {@code to}, from 0 on. */
  LabeledImages ofClasses(int from, int to) {
    int[] chosen =
        IntStream.range(0, count()).filter(i -> labels[i] >= from && labels[i] < to).toArray();
    float[] own = new float[chosen.length * size()];
    int[] classes = new int[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      System.arraycopy(pixels, chosen[i] * size(), own, i * size(), size());
      classes[i] = labels[chosen[i]] - from;
    }
    return new LabeledImages(height, width, own, classes);
  }

  /** The images and their classes for a network of so many classes. */
  DataSet dataSet(int classes) {
    return DataSet.labeled(Tensor.of(pixels, count(), size()), labels, classes);
  }
}
