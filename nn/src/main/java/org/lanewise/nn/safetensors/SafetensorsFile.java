package org.lanewise.nn.safetensors;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.json.JsonWriter;

/**
 * The content of a safetensors file: 8 bytes with the length of the header, little-endian; the
 * header, a JSON object; and the elements of all tensors without a gap.
 *
 * <p>A checksum over names, shapes, elements and metadata is written among the metadata, and
 * compared when a file that has one is read. It does not depend on their order. A file whose
 * metadata have its name with one bit flipped is damaged.
 *
 * <p>What is written are 32-bit floats. Half-precision floats (F16, BF16), doubles, truth values
 * and integers are read as well, each as the nearest float, ties to even: doubles lose digits,
 * those beyond the largest float become infinite, and integers beyond 2<sup>24</sup> may be
 * rounded.
 *
 * <p>Source: the format's description at https://github.com/huggingface/safetensors.
 *
 * @param tensors the tensors by name, in the order of their elements
 * @param metadata texts by name
 */
public record SafetensorsFile(Map<String, Tensor> tensors, Map<String, String> metadata) {
  static final String METADATA = "__metadata__";

  /** The name, among the metadata in a file, of the checksum over everything else. */
  static final String CHECKSUM = "lanewise.crc32c";

  private static final int CHUNK = 1 << 16;

  /**
   * Writes a file, which replaces one of the same name when it is complete and on the disk.
   *
   * @param path where to
   * @throws IOException if it cannot be written; the file is then as it was
   * @throws IllegalArgumentException if a name is not that of a tensor, or the header gets longer
   *     than the format allows
   */
  public void write(Path path) throws IOException {
    byte[] header = header();
    AtomicFile.write(
        path,
        channel -> {
          ByteBuffer buffer = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
          buffer.putLong(header.length);
          drain(buffer, channel);
          ByteBuffer text = ByteBuffer.wrap(header);
          while (text.hasRemaining()) {
            channel.write(text);
          }
          for (Tensor tensor : tensors.values()) {
            write(tensor, buffer, channel);
          }
        });
  }

  private byte[] header() {
    Map<String, Object> header = new LinkedHashMap<>();
    Map<String, String> texts = new LinkedHashMap<>(metadata);
    texts.put(CHECKSUM, Checksum.of(this));
    header.put(METADATA, texts);
    long end = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      if (entry.getKey().equals(METADATA)) {
        throw new IllegalArgumentException(
            "safetensors: expected another name for a tensor, was " + METADATA);
      }
      Tensor tensor = entry.getValue();
      long start = end;
      end += (long) Float.BYTES * tensor.size();
      Map<String, Object> described = new LinkedHashMap<>();
      described.put("dtype", "F32");
      described.put("shape", Arrays.stream(tensor.shape().dimensions()).boxed().toList());
      described.put("data_offsets", List.of(start, end));
      header.put(entry.getKey(), described);
    }
    // Spaces at the end make the elements start at a multiple of 8.
    String text = JsonWriter.write(header);
    int length = text.getBytes(StandardCharsets.UTF_8).length;
    byte[] bytes = (text + " ".repeat(-length & 7)).getBytes(StandardCharsets.UTF_8);
    SafetensorsReader.requireLength(bytes.length);
    return bytes;
  }

  private static void write(Tensor tensor, ByteBuffer buffer, FileChannel channel)
      throws IOException {
    int done = 0;
    while (done < tensor.size()) {
      int count = Math.min(buffer.capacity() / Float.BYTES, tensor.size() - done);
      buffer.asFloatBuffer().put(tensor.storage(), tensor.offset() + done, count);
      buffer.position(count * Float.BYTES);
      drain(buffer, channel);
      done += count;
    }
  }

  private static void drain(ByteBuffer buffer, FileChannel channel) throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    buffer.clear();
  }

  /**
   * Reads a file.
   *
   * @param path where from
   * @return its content
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if it is not a whole file of the format with tensors of types
   *     that are read; the message begins with the path
   */
  public static SafetensorsFile read(Path path) throws IOException {
    return read(path, Function.identity());
  }

  /**
   * Reads a file and applies a function to its content.
   *
   * @param path where from
   * @param use the function of the content
   * @param <T> its type
   * @return the function's result
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if it is not a whole file of the format with tensors of types
   *     that are read, or the function refuses it; the message begins with the path
   */
  public static <T> T read(Path path, Function<SafetensorsFile, T> use) throws IOException {
    return read(path, _ -> true, use);
  }

  /**
   * Reads some tensors of a file and applies a function to them. Others may be of any type.
   *
   * @param path where from
   * @param wanted the names of the tensors
   * @param use the function of them and the metadata
   * @param <T> its type
   * @return the function's result
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if it is not a whole file of the format with tensors of types
   *     that are read, or the function refuses it; the message begins with the path
   */
  public static <T> T read(Path path, Predicate<String> wanted, Function<SafetensorsFile, T> use)
      throws IOException {
    if (Files.isDirectory(path)) {
      throw new IllegalArgumentException(path + ": expected a file, was a folder");
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return use.apply(new SafetensorsReader(channel, channel.size(), wanted).read());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(path + ": " + e.getMessage(), e);
    }
  }

  /**
   * Reads the bytes of a file, up to the end of a stream.
   *
   * @param stream where from; at most 2 GiB, which are taken into memory first; not closed
   * @return the content
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if it is not a whole file of the format with tensors of types
   *     that are read
   */
  public static SafetensorsFile read(InputStream stream) throws IOException {
    byte[] bytes = stream.readAllBytes();
    ReadableByteChannel channel = Channels.newChannel(new ByteArrayInputStream(bytes));
    return new SafetensorsReader(channel, bytes.length, _ -> true).read();
  }
}
