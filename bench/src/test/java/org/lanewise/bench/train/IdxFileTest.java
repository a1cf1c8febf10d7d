package org.lanewise.bench.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IdxFileTest {
  private static final byte[] SMALL = IdxBytes.idx(new int[] {2, 1, 3}, 0, 1, 127, 128, 254, 255);

  @Test
  void readsPlainAndGzippedContentAlike() {
    for (byte[] content : new byte[][] {SMALL, IdxBytes.gzip(SMALL)}) {
      IdxFile file = read(content, 3);
      assertThat(file.name).isEqualTo("file");
      assertThat(file.shape).containsExactly(2, 1, 3);
      assertThat(file.elements).containsExactly(0, 1, 127, 128, 254, 255);
    }
  }

  @Test
  void readsMoreThanOneBufferFromStreamsThatGiveLittleAtATime() {
    int n = 300_000;
    int[] elements = new SplittableRandom(1).ints(n, 0, 256).toArray();
    byte[] content = IdxBytes.idx(new int[] {n}, elements);
    InputStream slow =
        new ByteArrayInputStream(content) {
          @Override
          public synchronized int read(byte[] bytes, int offset, int length) {
            return super.read(bytes, offset, Math.min(length, 1001));
          }
        };
    assertThat(read(slow, 1).elements).containsExactly(Arrays.copyOfRange(content, 8, 8 + n));
    assertThat(read(IdxBytes.gzip(content), 1).elements).hasSize(n);
  }

  @Test
  void readsAnEmptyArray() {
    assertThat(read(IdxBytes.idx(new int[] {0, 28, 28}), 3).elements).isEmpty();
  }

  @Test
  void truncatedElements() {
    assertRefused(
        Arrays.copyOf(SMALL, SMALL.length - 2),
        "file: truncated, expected 2 x 1 x 3 = 6 bytes after the header, found 4");
  }

  @Test
  void truncatedHeader() {
    assertRefused(
        Arrays.copyOf(SMALL, 15), "file: truncated, expected a header of 16 bytes, found 15");
    assertRefused(new byte[0], "file: truncated, expected a header of 16 bytes, found 0");
    assertRefused(new byte[] {0}, "file: truncated, expected a header of 16 bytes, found 1");
  }

  @Test
  void truncatedGzip() {
    byte[] gzipped = IdxBytes.gzip(IdxBytes.images(100, 28, 28));
    for (int length = 2; length < gzipped.length; length++) {
      assertThatExceptionOfType(InputException.class)
          .as("%d of %d bytes", length, gzipped.length)
          .isThrownBy(cut(gzipped, length))
          .withMessageStartingWith("file: truncated, ");
    }
    assertThat(read(gzipped, 3).elements).hasSize(78_400);
  }

  private static ThrowingCallable cut(byte[] whole, int n) {
    return () -> read(Arrays.copyOf(whole, n), 3);
  }

  @Test
  void brokenGzip() {
    byte[] gzipped = IdxBytes.gzip(SMALL);
    gzipped[gzipped.length - 5] ^= 1;
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> read(gzipped, 3))
        .withMessageStartingWith("file: a broken gzip file: ");
  }

  @Test
  void trailingBytes() {
    byte[] longer = Arrays.copyOf(SMALL, SMALL.length + 1);
    String message = "file: more than the 2 x 1 x 3 = 6 bytes of its header";
    assertRefused(longer, message);
    assertRefused(IdxBytes.gzip(longer), message);
  }

  @Test
  void foreignContent() {
    assertRefused(
        "\u0089PNG\r\n".getBytes(StandardCharsets.ISO_8859_1),
        "file: not an IDX file of unsigned bytes in 3 dimensions, expected the magic number"
            + " 00000803, found 89504e47");
    assertRefused(
        IdxBytes.labels(1, 2, 3),
        "file: not an IDX file of unsigned bytes in 3 dimensions, expected the magic number"
            + " 00000803, found 00000801");
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> read(SMALL, 1))
        .withMessageContaining("unsigned bytes in 1 dimension, expected");
  }

  @Test
  void hugeHeaderTakesNoMemory() throws IOException {
    assertRefused(
        IdxBytes.idx(new int[] {1 << 21, 32, 31}, 1, 2),
        "file: truncated, expected 2097152 x 32 x 31 = 2080374784 bytes after the header, found 2");
    int[] longest = {0};
    InputStream recording =
        new ByteArrayInputStream(new byte[200_000]) {
          @Override
          public synchronized int read(byte[] bytes, int offset, int length) {
            longest[0] = Math.max(longest[0], bytes.length);
            return super.read(bytes, offset, length);
          }
        };
    assertThat(IdxFile.readUpTo(recording, Integer.MAX_VALUE - 8)).hasSize(200_000);
    assertThat(longest[0]).isLessThan(2 * 200_000);
  }

  @Test
  void impossibleHeader() {
    assertRefused(
        IdxBytes.idx(new int[] {60_000, 28, -1}, 1),
        "file: the header announces 60000 x 28 x 4294967295 bytes, more than an array can hold");
    assertRefused(
        IdxBytes.idx(new int[] {-1, -1, -1}, 1),
        "file: the header announces 4294967295 x 4294967295 x 4294967295 bytes, more than an array"
            + " can hold");
    assertRefused(
        IdxBytes.idx(new int[] {1 << 16, 1 << 15, 1}, 1),
        "file: the header announces 65536 x 32768 x 1 bytes, more than an array can hold");
  }

  @Test
  void filesAreNamedByTheirPath(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("images");
    Files.write(file, SMALL);
    assertThat(IdxFile.read(file, 3).name).isEqualTo(file.toString());
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> IdxFile.read(folder, 3))
        .withMessageStartingWith(folder + ": cannot be read: ");
  }

  private static void assertRefused(byte[] content, String message) {
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> read(content, 3))
        .withMessage(message);
  }

  private static IdxFile read(byte[] content, int dimensions) {
    return read(new ByteArrayInputStream(content), dimensions);
  }

  private static IdxFile read(InputStream in, int dimensions) {
    try {
      return IdxFile.read(in, "file", dimensions);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
