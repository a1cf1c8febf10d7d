package org.lanewise.nn.safetensors;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.json.JsonReader;

/** Reads one file, and trusts nothing in it before it is checked. */
final class SafetensorsReader {
  private static final int LONGEST_HEADER = 100_000_000;
  private static final int CHUNK = 1 << 16;

  /** Where a tensor's elements are, in bytes after the header. */
  private record Stored(String name, Shape shape, long start, long end) {}

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
    List<Stored> stored = new ArrayList<>();
    header.forEach(
        (key, value) -> {
          if (key.equals(SafetensorsFile.METADATA)) {
            metadata(value, metadata);
          } else {
            String name = (String) key;
            try {
              stored.add(stored(name, value));
            } catch (IllegalArgumentException e) {
              throw new IllegalArgumentException("tensor " + name + ": " + e.getMessage(), e);
            }
          }
        });
    String checksum = metadata.remove(SafetensorsFile.CHECKSUM);
    SafetensorsFile file =
        new SafetensorsFile(tensors(stored, size - Long.BYTES - length), metadata);
    if (checksum != null
        && !checksum.equals(Checksum.of(file))
        && !checksum.equals(Checksum.asStored(file))) {
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
          if (!(text instanceof String string)) {
            throw refused("metadata that are texts", key + " " + text);
          }
          metadata.put((String) key, string);
        });
  }

  private static Stored stored(String name, Object value) {
    if (!(value instanceof Map<?, ?> map)
        || !map.keySet().equals(Set.of("dtype", "shape", "data_offsets"))) {
      throw refused("dtype, shape and data_offsets", value);
    }
    Object dtype = get(map, "dtype");
    if (!dtype.equals("F32")) {
      throw refused("the dtype F32", dtype);
    }
    long[] dimensions = integers(map, "shape");
    int[] shape = new int[dimensions.length];
    for (int i = 0; i < shape.length; i++) {
      if (dimensions[i] < 0 || dimensions[i] > Integer.MAX_VALUE) {
        throw refused("dimensions from 0 to " + Integer.MAX_VALUE, dimensions[i]);
      }
      shape[i] = (int) dimensions[i];
    }
    Shape checked = Shape.of(shape);
    long[] offsets = integers(map, "data_offsets");
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
          get(map, "data_offsets"));
    }
    return new Stored(name, checked, offsets[0], offsets[1]);
  }

  private static Object get(Map<?, ?> map, String key) {
    return Objects.requireNonNull(map.get(key));
  }

  private static long[] integers(Map<?, ?> map, String what) {
    Object value = get(map, what);
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

  private Map<String, Tensor> tensors(List<Stored> stored, long data) throws IOException {
    List<Stored> inOrder =
        stored.stream()
            .sorted(Comparator.comparingLong(Stored::start).thenComparingLong(Stored::end))
            .toList();
    long end = 0;
    for (Stored next : inOrder) {
      if (next.start != end) {
        throw refused("tensor " + next.name + " to begin at byte " + end, next.start);
      }
      end = next.end;
    }
    if (end != data) {
      throw refused(end + " bytes of elements", data);
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Stored next : inOrder) {
      tensors.put(next.name, tensor(next.shape));
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
