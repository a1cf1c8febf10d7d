package org.lanewise.bench.train;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPOutputStream;

/** Makes the contents of IDX files for the tests. */
final class IdxBytes {
  private IdxBytes() {}

  /** A file with these sizes and elements, whether they agree or not. */
  static byte[] idx(int[] shape, int... elements) {
    ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * shape.length + elements.length);
    bytes.putInt(0x800 + shape.length);
    for (int size : shape) {
      bytes.putInt(size);
    }
    for (int element : elements) {
      bytes.put((byte) element);
    }
    return bytes.array();
  }

  /** A whole file of images, every pixel with the number of its image. */
  static byte[] images(int count, int height, int width) {
    int[] elements = new int[count * height * width];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = i / (height * width);
    }
    return idx(new int[] {count, height, width}, elements);
  }

  /** A whole file of labels. */
  static byte[] labels(int... labels) {
    return idx(new int[] {labels.length}, labels);
  }

  static byte[] gzip(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
