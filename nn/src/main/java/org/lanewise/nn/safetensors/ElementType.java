package org.lanewise.nn.safetensors;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * The types of elements that are read. Each element becomes the nearest float, ties to even:
 * halves, bfloats and integers of up to 24 bits are floats already, a double beyond the largest
 * float becomes infinite, and a truth value becomes 0 or 1.
 */
enum ElementType {
  F32(4, ByteBuffer::getFloat),
  F16(2, bytes -> Float.float16ToFloat(bytes.getShort())),
  BF16(2, bytes -> Float.intBitsToFloat(bytes.getShort() << 16)),
  F64(8, bytes -> (float) bytes.getDouble()),
  I8(1, ByteBuffer::get),
  U8(1, bytes -> Byte.toUnsignedInt(bytes.get())),
  I16(2, ByteBuffer::getShort),
  U16(2, bytes -> Short.toUnsignedInt(bytes.getShort())),
  I32(4, ByteBuffer::getInt),
  U32(4, bytes -> Integer.toUnsignedLong(bytes.getInt())),
  I64(8, ByteBuffer::getLong),
  BOOL(1, bytes -> bytes.get() == 0 ? 0 : 1);

  private interface Decoder {
    float next(ByteBuffer bytes);
  }

  private final int bytes;
  private final Decoder decoder;

  ElementType(int bytes, Decoder decoder) {
    this.bytes = bytes;
    this.decoder = decoder;
  }

  static Optional<ElementType> of(Object name) {
    return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
  }

  /** The bytes of one element. */
  int bytes() {
    return bytes;
  }

  /** Takes {@code count} elements out of a little-endian buffer. */
  void read(ByteBuffer from, float[] to, int start, int count) {
    for (int i = start; i < start + count; i++) {
      to[i] = decoder.next(from);
    }
  }
}
