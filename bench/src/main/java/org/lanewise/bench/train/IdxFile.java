package org.lanewise.bench.train;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * An array of unsigned bytes from an IDX file, the format of MNIST: a magic number (two zeros, the
 * type 8 of unsigned bytes, the number of dimensions), the sizes as big-endian 32-bit integers, and
 * the elements, the last index running fastest. The file may be gzipped; its first bytes tell, not
 * its name.
 */
final class IdxFile {
  private static final int MAGIC = 0x800;
  private static final int GZIP_MAGIC = 0x1f8b;

  /** The longest array that every JVM can make. */
  private static final int LONGEST = Integer.MAX_VALUE - 8;

  private static final int FIRST_READ = 1 << 16;

  /** What messages call the file. */
  final String name;

  /** The size of each dimension. */
  final int[] shape;

  /** The elements, as many as the product of the sizes. */
  final byte[] elements;

  private IdxFile(String name, int[] shape, byte[] elements) {
    this.name = name;
    this.shape = shape;
    this.elements = elements;
  }

  /**
   * Reads a file of the given number of dimensions.
   *
   * @throws InputException if it cannot be read or is not such a file, whole and with nothing after
   *     it
   */
  static IdxFile read(Path file, int dimensions) {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, file.toString(), dimensions);
    } catch (AccessDeniedException e) {
      throw new InputException(file + ": access denied");
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read: " + e.getMessage());
    }
  }

  /**
   * Reads a stream to its end. No more memory is taken than the stream has content, whatever the
   * header says.
   *
   * @throws InputException as {@link #read(Path, int)}
   */
  static IdxFile read(InputStream in, String name, int dimensions) throws IOException {
    try {
      InputStream content = decompressed(in);
      int[] shape = readHeader(content, name, dimensions);
      int expected = count(shape, name);
      byte[] elements = readUpTo(content, expected);
      if (elements.length < expected) {
        throw new InputException(
            name
                + ": truncated, expected "
                + sizes(shape)
                + " = "
                + expected
                + " bytes after the header, found "
                + elements.length);
      }
      if (content.read() >= 0) {
        throw new InputException(
            name + ": more than the " + sizes(shape) + " = " + expected + " bytes of its header");
      }
      return new IdxFile(name, shape, elements);
    } catch (EOFException e) {
      throw new InputException(name + ": truncated, the gzip file ends too early");
    } catch (ZipException e) {
      throw new InputException(name + ": a broken gzip file: " + e.getMessage());
    }
  }

  private static InputStream decompressed(InputStream in) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(in, FIRST_READ);
    buffered.mark(2);
    int first = buffered.read() << 8 | buffered.read();
    buffered.reset();
    return first == GZIP_MAGIC ? new GZIPInputStream(buffered, FIRST_READ) : buffered;
  }

  private static int[] readHeader(InputStream content, String name, int dimensions)
      throws IOException {
    int expected = Integer.BYTES * (1 + dimensions);
    byte[] bytes = readUpTo(content, expected);
    ByteBuffer header = ByteBuffer.wrap(bytes);
    int magic = MAGIC | dimensions;
    if (bytes.length >= Integer.BYTES && header.getInt() != magic) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: not an IDX file of unsigned bytes in %d dimension%s, expected the magic number"
                  + " %08x, found %08x",
              name,
              dimensions,
              dimensions == 1 ? "" : "s",
              magic,
              header.getInt(0)));
    }
    if (bytes.length < expected) {
      throw new InputException(
          name + ": truncated, expected a header of " + expected + " bytes, found " + bytes.length);
    }
    int[] shape = new int[dimensions];
    header.asIntBuffer().get(shape);
    return shape;
  }

  /** The product of the sizes, which the file holds as unsigned integers. */
  private static int count(int[] shape, String name) {
    long count = 1;
    for (int size : shape) {
      // No overflow: both factors are below 2^32.
      count *= Integer.toUnsignedLong(size);
      if (Long.compareUnsigned(count, LONGEST) > 0) {
        throw new InputException(
            name
                + ": the header announces "
                + sizes(shape)
                + " bytes, more than an array can hold");
      }
    }
    return (int) count;
  }

  private static String sizes(int[] shape) {
    StringBuilder text = new StringBuilder();
    for (int size : shape) {
      text.append(text.isEmpty() ? "" : " x ").append(Integer.toUnsignedString(size));
    }
    return text.toString();
  }

  /**
   * Reads until the end or {@code limit} bytes, whichever comes first; a gzip file cut off within
   * its data ends there. The array grows with what is found, not with what is hoped for.
   */
  static byte[] readUpTo(InputStream in, int limit) throws IOException {
    byte[] bytes = new byte[Math.min(limit, FIRST_READ)];
    int n = 0;
    try {
      while (n < limit) {
        if (n == bytes.length) {
          bytes = Arrays.copyOf(bytes, (int) Math.min(limit, 2L * n));
        }
        int read = in.read(bytes, n, bytes.length - n);
        if (read < 0) {
          break;
        }
        n += read;
      }
    } catch (EOFException e) {
      // What was found before is what the caller reports.
      return Arrays.copyOf(bytes, n);
    }
    return n == bytes.length ? bytes : Arrays.copyOf(bytes, n);
  }
}
