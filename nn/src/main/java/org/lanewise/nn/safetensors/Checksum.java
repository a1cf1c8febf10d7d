package org.lanewise.nn.safetensors;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.lanewise.engine.Tensor;

/** A number that all of a file's content goes into, to notice damage. */
final class Checksum {
  private static final int CHUNK = 1 << 16;

  private final CRC32C crc = new CRC32C();
  private final ByteBuffer buffer = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);

  private Checksum() {}

  /** The checksum, in the order of names, whichever order a tool has stored them in. */
  static String of(SafetensorsFile file) {
    return of(new TreeMap<>(file.metadata()), new TreeMap<>(file.tensors()));
  }

  /** The checksum of earlier versions, in the order in which the content is stored. */
  static String asStored(SafetensorsFile file) {
    return of(file.metadata(), file.tensors());
  }

  private static String of(Map<String, String> metadata, Map<String, Tensor> tensors) {
    Checksum sum = new Checksum();
    metadata.forEach(
        (name, text) -> {
          sum.add(name);
          sum.add(text);
        });
    tensors.forEach(
        (name, tensor) -> {
          sum.add(name);
          sum.add(tensor.shape().toString());
          sum.add(tensor);
        });
    return HexFormat.of().toHexDigits(sum.crc.getValue(), 8);
  }

  private void add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    buffer.clear().putInt(bytes.length).flip();
    crc.update(buffer);
    crc.update(bytes);
  }

  private void add(Tensor tensor) {
    int done = 0;
    while (done < tensor.size()) {
      int count = Math.min(CHUNK / Float.BYTES, tensor.size() - done);
      buffer.clear();
      buffer.asFloatBuffer().put(tensor.storage(), tensor.offset() + done, count);
      crc.update(buffer.limit(count * Float.BYTES));
      done += count;
    }
  }
}
