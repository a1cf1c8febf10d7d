package org.lanewise.nn.safetensors;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.json.JsonReader;

/** Reads one file, and trusts nothing in it before it is checked. */
final class SafetensorsReader {
  private static final int LONGEST_HEADER = 100_000_000;
  private static final int CHUNK = 1 << 16;

  /** Where a tensor's elements are, in bytes after the header. */
  private record Stored(Shape shape, long start, long end) {}

  private final FileChannel channel;
  private final long size;

  SafetensorsReader(FileChannel channel) throws IOException {
    this.channel = channel;
    this.size = channel.size();
  }

  static void requireLength(long length) {
    if (length < 2 || length > LONGEST_HEADER) {
      throw refused("a header of 2 to " + LONGEST_HEADER + " bytes", length);
    }
  }

  private static IllegalArgumentException refused(String expected, Object was) {
    return new IllegalArgumentException("safetensors: expected " + expected + ", was " + was);
  }

  SafetensorsFile read() throws IOException {
    if (size < Long.BYTES) {
      throw refused("a file of at least 8 bytes", size);
    }
    long length = bytes(Long.BYTES).getLong();
    requireLength(length);
    if (length > size - Long.BYTES) {
      throw refused("a header of " + length + " bytes", size - Long.BYTES + " to the file's end");
    }
    String text = text(bytes((int) length));
    if (text.charAt(0) != '{' || !(JsonReader.read(text) instanceof Map<?, ?> header)) {
      throw refused("a header that begins with '{'", "another one");
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    Map<String, Stored> stored = new LinkedHashMap<>();
    header.forEach(
        (key, value) -> {
          if (key.equals(SafetensorsFile.METADATA)) {
            metadata(value, metadata);
          } else {
            String name = (String) key;
            try {
              stored.put(name, stored(value));
            } catch (IllegalArgumentException e) {
              throw new IllegalArgumentException("tensor " + name + ": " + e.getMessage(), e);
            }
          }
        });
    String checksum = metadata.remove(SafetensorsFile.CHECKSUM);
    SafetensorsFile file =
        new SafetensorsFile(tensors(stored, size - Long.BYTES - length), metadata);
    if (checksum != null && !checksum.equals(Checksum.of(file))) {
      throw refused("content with the checksum " + checksum, Checksum.of(file) + ": damaged");
    }
    return file;
  }

  private static void metadata(Object value, Map<String, String> metadata) {
    if (!(value instanceof Map<?, ?> map)) {
      throw refused("metadata that are an object", value);
    }
    map.forEach(
        (key, text) -> {
          if (!(text instanceof String)) {
            throw refused("metadata that are texts", key + " " + text);
          }
          metadata.put((String) key, (String) text);
        });
  }

  private static Stored stored(Object value) {
    if (!(value instanceof Map<?, ?> map)
        || !map.keySet().equals(Set.of("dtype", "shape", "data_offsets"))) {
      throw refused("dtype, shape and data_offsets", value);
    }
    if (!"F32".equals(map.get("dtype"))) {
      throw refused("the dtype F32", map.get("dtype"));
    }
    long[] dimensions = integers("shape", map.get("shape"));
    int[] shape = new int[dimensions.length];
    for (int i = 0; i < shape.length; i++) {
      if (dimensions[i] < 0 || dimensions[i] > Integer.MAX_VALUE) {
        throw refused("dimensions from 0 to " + Integer.MAX_VALUE, dimensions[i]);
      }
      shape[i] = (int) dimensions[i];
    }
    Shape checked = Shape.of(shape);
    long[] offsets = integers("data_offsets", map.get("data_offsets"));
    // The difference may wrap around; then it is no byte count of a shape.
    if (offsets.length != 2
        || offsets[0] < 0
        || offsets[1] < offsets[0]
        || offsets[1] - offsets[0] != (long) Float.BYTES * checked.size()) {
      throw refused(
          "offsets that lie "
              + (long) Float.BYTES * checked.size()
              + " bytes apart for the shape "
              + checked,
          map.get("data_offsets"));
    }
    return new Stored(checked, offsets[0], offsets[1]);
  }

  private static long[] integers(String what, Object value) {
    if (!(value instanceof List<?> list)) {
      throw refused(what + " that is an array", value);
    }
    return list.stream()
        .mapToLong(
            element -> {
              try {
                return ((BigDecimal) element).longValueExact();
              } catch (ArithmeticException | ClassCastException e) {
                throw refused(what + " of integers", list);
              }
            })
        .toArray();
  }

  private Map<String, Tensor> tensors(Map<String, Stored> stored, long data) throws IOException {
    List<String> inOrder =
        stored.keySet().stream()
            .sorted(
                (a, b) -> {
                  int byStart = Long.compare(stored.get(a).start, stored.get(b).start);
                  return byStart != 0
                      ? byStart
                      : Long.compare(stored.get(a).end, stored.get(b).end);
                })
            .toList();
    long end = 0;
    for (String name : inOrder) {
      if (stored.get(name).start != end) {
        throw refused("tensor " + name + " to begin at byte " + end, stored.get(name).start);
      }
      end = stored.get(name).end;
    }
    if (end != data) {
      throw refused(end + " bytes of elements", data);
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (String name : inOrder) {
      tensors.put(name, tensor(stored.get(name).shape));
    }
    return tensors;
  }

  private Tensor tensor(Shape shape) throws IOException {
    Tensor tensor = Tensor.zeros(shape);
    int done = 0;
    while (done < tensor.size()) {
      int count = Math.min(CHUNK, tensor.size() - done);
      bytes(count * Float.BYTES).asFloatBuffer().get(tensor.array(), done, count);
      done += count;
    }
    return tensor;
  }

  private ByteBuffer bytes(int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw refused("a file of " + size + " bytes, as when it was opened", channel.position());
      }
    }
    return buffer.flip();
  }

  private static String text(ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw refused("a header in UTF-8", "another encoding");
    }
  }
}
