package org.lanewise.nn.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.Samples;
import org.lanewise.nn.json.JsonReader;
import org.lanewise.nn.json.JsonWriter;

final class SafetensorsFileTest {
  @TempDir Path folder;
  private Path path;

  @BeforeEach
  void choose() {
    path = folder.resolve("weights.safetensors");
  }

  private static SafetensorsFile file(Map<String, String> metadata, Object... namesAndTensors) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (int i = 0; i < namesAndTensors.length; i += 2) {
      tensors.put((String) namesAndTensors[i], (Tensor) namesAndTensors[i + 1]);
    }
    return new SafetensorsFile(tensors, metadata);
  }

  /** A file with a header and so many bytes of elements: 0, 1, 2 … */
  private void write(String header, int data) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + text.length + data).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(text.length).put(text);
    for (int i = 0; i < data; i++) {
      bytes.put((byte) i);
    }
    Files.write(path, bytes.array());
  }

  @Test
  void writesTheseBytes() throws IOException {
    file(Map.of("k", "v"), "a", Tensor.of(new float[] {1, -2}, 1, 2), "s", Tensor.scalar(0.5f))
        .write(path);
    String header =
        "{\"__metadata__\":{\"k\":\"v\",\"lanewise.crc32c\":\"%s\"},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]},"
            + "\"s\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[8,12]}}";
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
    int length = (int) bytes.getLong();
    assertThat(length % 8).isZero();
    byte[] text = new byte[length];
    bytes.get(text);
    assertThat(new String(text, StandardCharsets.UTF_8).strip().replaceAll("[0-9a-f]{8}", "%s"))
        .isEqualTo(header);
    byte[] elements = new byte[bytes.remaining()];
    bytes.get(elements);
    assertThat(elements).containsExactly(0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0, 0, 0, 0, 0x3f);
  }

  @Test
  void readsWhatItWrites() throws IOException {
    Tensor large = Samples.normal(1, 3, 40_000);
    Tensor special =
        Tensor.vector(Float.NaN, -0f, Float.MIN_VALUE, Float.NEGATIVE_INFINITY, Float.MAX_VALUE);
    Tensor view = Tensor.view(large.array(), 7, Shape.of(5));
    file(
            Map.of("é", "\"\n"),
            "large",
            large,
            "no/rows",
            Tensor.zeros(0, 3),
            "x",
            special,
            "v",
            view)
        .write(path);
    SafetensorsFile read = SafetensorsFile.read(path);
    assertThat(read.metadata()).isEqualTo(Map.of("é", "\"\n"));
    assertThat(read.tensors().keySet()).containsExactly("large", "no/rows", "x", "v");
    assertThat(read.tensors().get("large").sameElements(large)).isTrue();
    assertThat(read.tensors().get("no/rows").shape()).isEqualTo(Shape.of(0, 3));
    assertThat(read.tensors().get("x").sameElements(special)).isTrue();
    assertThat(read.tensors().get("v").sameElements(view)).isTrue();
  }

  @Test
  void readsFilesOfOthers() throws IOException {
    // Spaces at the end, another order of tensors than of elements, no checksum.
    write(
        "{\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]},"
            + "\"a\":{\"shape\":[],\"data_offsets\":[0,4],\"dtype\":\"F32\"}}   ",
        12);
    Map<String, Tensor> tensors = SafetensorsFile.read(path).tensors();
    assertThat(tensors.keySet()).containsExactly("a", "b");
    assertThat(tensors.get("a").item()).isEqualTo(Float.intBitsToFloat(0x03020100));
    assertThat(tensors.get("b").get(1)).isEqualTo(Float.intBitsToFloat(0x0b0a0908));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "F32;[2];[0,8];9;expected 8 bytes of elements, was 9",
        "F32;[2];[0,8];7;expected 8 bytes of elements, was 7",
        "F32;[2];[4,12];12;expected tensor a to begin at byte 0, was 4",
        "F32;[2];[0,4];8;offsets that lie 8 bytes apart for the shape [2], was [0, 4]",
        "F32;[2];[8,0];8;data_offsets that are a start and an end, was [8, 0]",
        "F32;[2];[-8,0];8;data_offsets that are a start and an end",
        "F32;[2];[0];8;data_offsets that are a start and an end",
        "F32;[2];[0,8,16];8;data_offsets that are a start and an end",
        "F32;[2];[0.5,8.5];8;data_offsets of integers",
        "F32;[2];[0,\"8\"];8;data_offsets of integers",
        "F32;[2];[0,99999999999999999999];8;data_offsets of integers",
        "F32;[-2];[0,8];8;dimensions from 0 to 2147483647, was -2",
        "F32;[4294967298];[0,8];8;dimensions from 0 to 2147483647, was 4294967298",
        "F32;[65536,65536,65536];[0,8];8;expected at most 2147483647 elements",
        "F32;[1000000000];[0,4000000000];8;expected 4000000000 bytes of elements, was 8",
        "F32;2;[0,8];8;shape that is an array",
        "F64;[1];[0,4];4;offsets that lie 8 bytes apart for the shape [1], was [0, 4]",
        "F16;[2];[0,8];8;offsets that lie 4 bytes apart",
        "F8_E4M3;[2];[0,2];2;expected a dtype of [F32, F16, BF16, F64, I8, U8, I16, U16, I32, U32,",
        "f32;[2];[0,8];8;BOOL], was f32",
      })
  void refusesTensorsThatDoNotFit(
      String dtype, String shape, String offsets, int data, String message) throws IOException {
    write(
        String.format(
            Locale.ROOT,
            "{\"a\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":%s}}",
            dtype,
            shape,
            offsets),
        data);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SafetensorsFile.read(path))
        .withMessageStartingWith(path + ": ")
        .withMessageContaining(message);
  }

  @Test
  void refusesHolesAndOverlaps() throws IOException {
    String header =
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[%d,%d]}}";
    write(String.format(Locale.ROOT, header, 12, 16), 16);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SafetensorsFile.read(path))
        .withMessageContaining("expected tensor b to begin at byte 8, was 12");
    write(String.format(Locale.ROOT, header, 4, 8), 8);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SafetensorsFile.read(path))
        .withMessageContaining("expected tensor b to begin at byte 8, was 4");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "[];a header that begins with '{'",
        "` {}`;a header that begins with '{'",
        "{\"a\";json: expected ':'",
        "{}x;json: expected the end at position 2, was 'x'",
        "{\"a\":1};tensor a: safetensors: expected dtype, shape and data_offsets, was 1",
        "{\"a\":{}};dtype, shape and data_offsets",
        "{\"a\":1,\"a\":1};json: expected keys that differ and not \"a\" twice",
        "{\"__metadata__\":{\"k\":1}};metadata that are texts, was k 1",
        "{\"__metadata__\":[]};metadata that are an object, was []",
      })
  void refusesOtherHeaders(String header, String message) throws IOException {
    write(header, 0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SafetensorsFile.read(path))
        .withMessageStartingWith(path + ": ")
        .withMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({"-1", "0", "1", "100000001", "9223372036854775807", "50"})
  void refusesLengthsOfHeadersThatCannotBe(long length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
    Files.write(path, bytes.array());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SafetensorsFile.read(path))
        .withMessageContaining(": safetensors: expected a header of ");
    Files.write(path, new byte[7]);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SafetensorsFile.read(path))
        .withMessage(path + ": safetensors: expected a file of at least 8 bytes, was 7");
  }

  @Test
  void noticesDamage() throws IOException {
    file(Map.of(), "a", Tensor.vector(1, 2, 3)).write(path);
    byte[] bytes = Files.readAllBytes(path);
    bytes[bytes.length - 2] ^= 4;
    Files.write(path, bytes);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SafetensorsFile.read(path))
        .withMessageContaining("content with the checksum ")
        .withMessageEndingWith(": damaged, or changed by a program that kept the checksum");
  }

  /** Else it would be read as one that has no checksum, which other damage would not be held to. */
  @Test
  void noticesEveryFlippedBitOfTheNameOfTheChecksum() throws IOException {
    file(Map.of(), "a", Tensor.vector(1, 2, 3)).write(path);
    byte[] whole = Files.readAllBytes(path);
    int start = new String(whole, StandardCharsets.ISO_8859_1).indexOf(SafetensorsFile.CHECKSUM);
    for (int i = 0; i < SafetensorsFile.CHECKSUM.length(); i++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] damaged = whole.clone();
        damaged[start + i] ^= (byte) (1 << bit);
        Files.write(path, damaged);
        assertThatIllegalArgumentException()
            .as("bit %d of byte %d", bit, i)
            .isThrownBy(() -> SafetensorsFile.read(path))
            .withMessageStartingWith(path + ": ");
      }
    }
    whole[start] ^= 1;
    Files.write(path, whole);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SafetensorsFile.read(path))
        .withMessage(
            path
                + ": safetensors: expected metadata with the name lanewise.crc32c, was"
                + " manewise.crc32c: damaged");
  }

  /** Rewrites the file as other programs do: everything is kept, in another order. */
  private void reorder() throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
    byte[] text = new byte[(int) bytes.getLong()];
    bytes.get(text);
    Map<String, Object> header = new LinkedHashMap<>();
    ByteBuffer data = ByteBuffer.allocate(bytes.remaining());
    Map<?, ?> old = (Map<?, ?>) JsonReader.read(new String(text, StandardCharsets.UTF_8));
    for (Object key : List.copyOf(old.keySet()).reversed()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      Map<?, ?> oldEntry = (Map<?, ?>) old.get(key);
      List.copyOf(oldEntry.keySet())
          .reversed()
          .forEach(name -> entry.put((String) name, oldEntry.get(name)));
      if (oldEntry.get("data_offsets") instanceof List<?> offsets) {
        int start = ((BigDecimal) offsets.get(0)).intValueExact();
        int end = ((BigDecimal) offsets.get(1)).intValueExact();
        entry.put("data_offsets", List.of(data.position(), data.position() + end - start));
        data.put(bytes.slice(Long.BYTES + text.length + start, end - start));
      }
      header.put((String) key, entry);
    }
    byte[] newText = JsonWriter.write(header).getBytes(StandardCharsets.UTF_8);
    ByteBuffer whole =
        ByteBuffer.allocate(Long.BYTES + newText.length + data.capacity())
            .order(ByteOrder.LITTLE_ENDIAN);
    Files.write(path, whole.putLong(newText.length).put(newText).put(data.flip()).array());
  }

  @Test
  void theChecksumDoesNotDependOnTheOrder() throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("z", "1");
    metadata.put("b", "2");
    Tensor a = Samples.normal(1, 30);
    Tensor b = Samples.normal(2, 7, 3);
    file(metadata, "b", b, "a", a, "c", Tensor.scalar(1)).write(path);
    reorder();
    SafetensorsFile read = SafetensorsFile.read(path);
    assertThat(read.tensors().keySet()).containsExactly("c", "a", "b");
    assertThat(read.tensors().get("a").sameElements(a)).isTrue();
    assertThat(read.tensors().get("b").sameElements(b)).isTrue();
    assertThat(read.metadata()).isEqualTo(metadata);
    byte[] bytes = Files.readAllBytes(path);
    bytes[bytes.length - 2] ^= 4;
    Files.write(path, bytes);
    assertThatIllegalArgumentException().isThrownBy(() -> SafetensorsFile.read(path));
  }

  @Test
  void theChecksumOfEarlierVersionsIsCompared() throws IOException {
    SafetensorsFile file = file(Map.of("k", "v"), "b", Tensor.scalar(1), "a", Tensor.vector(2, 3));
    file.write(path);
    String text = Files.readString(path, StandardCharsets.ISO_8859_1);
    String earlier = text.replace(Checksum.of(file), Checksum.asStored(file));
    assertThat(earlier).isNotEqualTo(text);
    Files.writeString(path, earlier, StandardCharsets.ISO_8859_1);
    assertThat(SafetensorsFile.read(path).metadata()).isEqualTo(Map.of("k", "v"));
    byte[] bytes = Files.readAllBytes(path);
    bytes[bytes.length - 2] ^= 4;
    Files.write(path, bytes);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SafetensorsFile.read(path))
        .withMessageContaining("content with the checksum " + Checksum.asStored(file));
  }

  /** Writes a file of one tensor of a type. */
  private void write(String dtype, int count, byte[] elements) throws IOException {
    byte[] text =
        String.format(
                Locale.ROOT,
                "{\"a\":{\"dtype\":\"%s\",\"shape\":[%d],\"data_offsets\":[0,%d]}}",
                dtype,
                count,
                elements.length)
            .getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + text.length + elements.length).order(ByteOrder.LITTLE_ENDIAN);
    Files.write(path, bytes.putLong(text.length).put(text).put(elements).array());
  }

  private float[] read(String dtype, int count, Consumer<ByteBuffer> fill) throws IOException {
    ByteBuffer elements = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    fill.accept(elements);
    write(dtype, count, Arrays.copyOf(elements.array(), elements.position()));
    return SafetensorsFile.read(path).tensors().get("a").toArray();
  }

  @Test
  void readsOtherFloatsAsTheNearest() throws IOException {
    assertThat(
            read(
                "F16",
                4,
                bytes ->
                    bytes
                        .putShort((short) 0x3c01) // 1 + 2⁻¹⁰
                        .putShort((short) 0x8001) // −2⁻²⁴, subnormal
                        .putShort((short) 0xfc00)
                        .putShort((short) 0x7bff)))
        .containsExactly(1.0009765625f, -0x1p-24f, Float.NEGATIVE_INFINITY, 65504);
    assertThat(
            read(
                "BF16",
                4,
                bytes ->
                    bytes
                        .putShort((short) 0x3f81) // 1 + 2⁻⁷
                        .putShort((short) 0x8000)
                        .putShort((short) 0x7f7f)
                        .putShort((short) 0x7fc0)))
        .containsExactly(1.0078125f, -0f, 0x1.fep127f, Float.NaN);
    assertThat(
            read(
                "F64",
                6,
                bytes ->
                    bytes
                        .putDouble(0.1)
                        .putDouble(1 + 0x1p-24) // halfway: to the even neighbour
                        .putDouble(1 + 0x3p-24)
                        .putDouble(-1e300)
                        .putDouble(1e-60)
                        .putDouble(Double.NaN)))
        .containsExactly(0.1f, 1, 1 + 0x1p-22f, Float.NEGATIVE_INFINITY, 0, Float.NaN);
  }

  @Test
  void readsIntegersAndTruthValues() throws IOException {
    Consumer<ByteBuffer> bytes = buffer -> buffer.put((byte) 1).put((byte) -1).put((byte) 0);
    assertThat(read("I8", 3, bytes)).containsExactly(1, -1, 0);
    assertThat(read("U8", 3, bytes)).containsExactly(1, 255, 0);
    assertThat(read("BOOL", 3, bytes)).containsExactly(1, 1, 0);
    Consumer<ByteBuffer> shorts = buffer -> buffer.putShort((short) 258).putShort((short) -1);
    assertThat(read("I16", 2, shorts)).containsExactly(258, -1);
    assertThat(read("U16", 2, shorts)).containsExactly(258, 65535);
    Consumer<ByteBuffer> ints = buffer -> buffer.putInt((1 << 24) + 1).putInt(-1);
    assertThat(read("I32", 2, ints)).containsExactly(1 << 24, -1);
    assertThat(read("U32", 2, ints)).containsExactly(1 << 24, 0x1p32f);
    Consumer<ByteBuffer> longs = buffer -> buffer.putLong(20).putLong(Long.MIN_VALUE);
    assertThat(read("I64", 2, longs)).containsExactly(20, -0x1p63f);
  }

  @Test
  void skipsWhatIsNotWanted() throws IOException {
    write(
        "{\"a\":{\"dtype\":\"F8_E4M3\",\"shape\":[5],\"data_offsets\":[0,5]},"
            + "\"b\":{\"dtype\":\"F16\",\"shape\":[1],\"data_offsets\":[5,7]},"
            + "\"c\":{\"dtype\":\"C64\",\"shape\":[99999,99999],\"data_offsets\":[7,12]}}",
        12);
    Map<String, Tensor> tensors = SafetensorsFile.read(path, "b"::equals, SafetensorsFile::tensors);
    assertThat(tensors.keySet()).containsExactly("b");
    assertThat(tensors.get("b").get(0)).isEqualTo(Float.float16ToFloat((short) 0x0605));
    file(Map.of(), "a", Tensor.scalar(1), "b", Tensor.scalar(2)).write(path);
    assertThat(SafetensorsFile.read(path, "b"::equals, SafetensorsFile::tensors).keySet())
        .containsExactly("b");
  }

  @Test
  void refusesToWriteWhatIsNoTensor() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> file(Map.of(), "__metadata__", Tensor.scalar(1)).write(path))
        .withMessage("safetensors: expected another name for a tensor, was __metadata__");
    assertThat(path).doesNotExist();
  }
}
