package org.lanewise.nn.safetensors;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.json.JsonReader;

/** Reads one file, and trusts nothing in it before it is checked. */
final class SafetensorsReader {
  private static final int LONGEST_HEADER = 100_000_000;
  private static final int CHUNK = 1 << 16;

  /** How the elements of a tensor are stored. */
  private record Elements(ElementType type, Shape shape) {
    long bytes() {
      return (long) type.bytes() * shape.size();
    }
  }

  /** Where a tensor is, in bytes after the header, and how, unless it is to be skipped. */
  private record Stored(String name, long start, long end, Optional<Elements> elements) {}

  private final ReadableByteChannel channel;
  private final long size;
  private final Predicate<String> wanted;
  private long position;

  /** Reads the wanted tensors of a channel with so many bytes. */
  SafetensorsReader(ReadableByteChannel channel, long size, Predicate<String> wanted) {
    this.channel = channel;
    this.size = size;
    this.wanted = wanted;
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
    Map<String, String> metadata = metadata(header.get(SafetensorsFile.METADATA));
    String checksum = metadata.remove(SafetensorsFile.CHECKSUM);
    metadata.keySet().forEach(SafetensorsReader::requireNoDamagedChecksum);
    List<Stored> stored = new ArrayList<>();
    header.forEach(
        (key, value) -> {
          if (!key.equals(SafetensorsFile.METADATA)) {
            // What is not wanted goes into a checksum all the same.
            boolean taken = checksum != null || wanted.test((String) key);
            stored.add(stored((String) key, value, taken));
          }
        });
    Map<String, Tensor> tensors = tensors(stored, size - Long.BYTES - length);
    SafetensorsFile file = new SafetensorsFile(tensors, metadata);
    if (checksum != null
        && !checksum.equals(Checksum.of(file))
        && !checksum.equals(Checksum.asStored(file))) {
      throw refused(
          "content with the checksum " + checksum,
          Checksum.of(file) + ": damaged, or changed by a program that kept the checksum");
    }
    tensors.keySet().removeIf(wanted.negate());
    return file;
  }

  /** A flipped bit in the name of the checksum would hide it, and with it all other damage. */
  private static void requireNoDamagedChecksum(String name) {
    String checksum = SafetensorsFile.CHECKSUM;
    int different = 0;
    for (int i = 0; i < checksum.length() && name.length() == checksum.length(); i++) {
      different += Integer.bitCount(name.charAt(i) ^ checksum.charAt(i));
    }
    if (different == 1) {
      throw refused("metadata with the name " + checksum, name + ": damaged");
    }
  }

  private static Map<String, String> metadata(@Nullable Object value) {
    Map<String, String> metadata = new LinkedHashMap<>();
    if (value == null) {
      return metadata;
    } else if (!(value instanceof Map<?, ?> map)) {
      throw refused("metadata that are an object", value);
    } else {
      map.forEach(
          (key, text) -> {
            if (!(text instanceof String string)) {
              throw refused("metadata that are texts", key + " " + text);
            }
            metadata.put((String) key, string);
          });
      return metadata;
    }
  }

  private static Stored stored(String name, Object value, boolean wanted) {
    try {
      if (!(value instanceof Map<?, ?> map)
          || !map.keySet().equals(Set.of("dtype", "shape", "data_offsets"))) {
        throw refused("dtype, shape and data_offsets", value);
      }
      long[] offsets = integers(map, "data_offsets");
      if (offsets.length != 2 || offsets[0] < 0 || offsets[1] < offsets[0]) {
        throw refused("data_offsets that are a start and an end", get(map, "data_offsets"));
      }
      Optional<Elements> elements =
          wanted ? Optional.of(elements(map, offsets[1] - offsets[0])) : Optional.empty();
      return new Stored(name, offsets[0], offsets[1], elements);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("tensor " + name + ": " + e.getMessage(), e);
    }
  }

  private static Elements elements(Map<?, ?> map, long bytes) {
    Object dtype = get(map, "dtype");
    ElementType type =
        ElementType.of(dtype)
            .orElseThrow(
                () -> refused("a dtype of " + Arrays.toString(ElementType.values()), dtype));
    Elements elements = new Elements(type, shape(integers(map, "shape")));
    if (elements.bytes() != bytes) {
      throw refused(
          "data_offsets that lie "
              + elements.bytes()
              + " bytes apart for the shape "
              + elements.shape(),
          get(map, "data_offsets"));
    }
    return elements;
  }

  private static Shape shape(long[] dimensions) {
    int[] shape = new int[dimensions.length];
    for (int i = 0; i < shape.length; i++) {
      if (dimensions[i] < 0 || dimensions[i] > Integer.MAX_VALUE) {
        throw refused("dimensions from 0 to " + Integer.MAX_VALUE, dimensions[i]);
      }
      shape[i] = (int) dimensions[i];
    }
    return Shape.of(shape);
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
      if (next.elements.isPresent()) {
        tensors.put(next.name, tensor(next.elements.get()));
      } else {
        skip(next.end - next.start);
      }
    }
    return tensors;
  }

  private Tensor tensor(Elements elements) throws IOException {
    Tensor tensor = Tensor.zeros(elements.shape());
    int done = 0;
    while (done < tensor.size()) {
      int count = Math.min(CHUNK, tensor.size() - done);
      elements.type().read(bytes(count * elements.type().bytes()), tensor.array(), done, count);
      done += count;
    }
    return tensor;
  }

  private void skip(long count) throws IOException {
    long left = count;
    while (left > 0) {
      left -= bytes((int) Math.min(CHUNK, left)).limit();
    }
  }

  private ByteBuffer bytes(int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw refused(
            "a file of " + size + " bytes, as when it was opened", position + buffer.position());
      }
    }
    position += count;
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
