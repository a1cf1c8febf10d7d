package org.lanewise.nn.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.Samples;

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
        "F32;[2];[8,0];8;offsets that lie 8 bytes apart",
        "F32;[2];[-8,0];8;offsets that lie 8 bytes apart",
        "F32;[2];[0];8;offsets that lie 8 bytes apart",
        "F32;[2];[0,8,16];8;offsets that lie 8 bytes apart",
        "F32;[2];[0.5,8.5];8;data_offsets of integers",
        "F32;[2];[0,\"8\"];8;data_offsets of integers",
        "F32;[2];[0,99999999999999999999];8;data_offsets of integers",
        "F32;[-2];[0,8];8;dimensions from 0 to 2147483647, was -2",
        "F32;[4294967298];[0,8];8;dimensions from 0 to 2147483647, was 4294967298",
        "F32;[65536,65536,65536];[0,8];8;expected at most 2147483647 elements",
        "F32;[1000000000];[0,4000000000];8;expected 4000000000 bytes of elements, was 8",
        "F32;2;[0,8];8;shape that is an array",
        "F64;[1];[0,8];8;expected the dtype F32, was F64",
        "f32;[2];[0,8];8;expected the dtype F32, was f32",
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
        "{\"a\":1,\"a\":1};json:",
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
        .withMessageEndingWith(": damaged");
  }

  @Test
  void theOrderOfStorageIsNoDamage() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("b", Tensor.vector(1, 2));
    tensors.put("a", Tensor.vector(3));
    Map<String, Tensor> reversed = new LinkedHashMap<>();
    reversed.put("a", tensors.get("a"));
    reversed.put("b", tensors.get("b"));
    SafetensorsFile file = new SafetensorsFile(tensors, Map.of("k", "v"));
    assertThat(Checksum.of(new SafetensorsFile(reversed, Map.of("k", "v"))))
        .isEqualTo(Checksum.of(file));
    assertThat(Checksum.asStored(new SafetensorsFile(reversed, Map.of("k", "v"))))
        .isNotEqualTo(Checksum.asStored(file));
  }

  @Test
  void filesOfTheOlderChecksumAreRead() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("b", Tensor.vector(1, 2));
    tensors.put("a", Tensor.vector(3));
    SafetensorsFile file = new SafetensorsFile(tensors, Map.of());
    file.write(path);
    byte[] bytes = Files.readAllBytes(path);
    String latin = new String(bytes, StandardCharsets.ISO_8859_1);
    String older = latin.replace(Checksum.of(file), Checksum.asStored(file));
    assertThat(older).isNotEqualTo(latin);
    Files.write(path, older.getBytes(StandardCharsets.ISO_8859_1));
    assertThat(SafetensorsFile.read(path).tensors()).containsOnlyKeys("b", "a");
  }

  @Test
  void namesAFolderThatIsNoFile() {
    Path folder = path.toAbsolutePath().getParent();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SafetensorsFile.read(folder))
        .withMessage(folder + ": expected a file, was a folder");
  }

  @Test
  void keepsPermissionsAndLinksAndClearsWhatWasAbandoned() throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    Path file = folder.resolve("n".repeat(250));
    Path link = folder.resolve("link");
    Path abandoned = Files.createFile(folder.resolve(".lanewise-1.tmp"));
    Files.setLastModifiedTime(abandoned, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    Path begun = Files.createFile(folder.resolve(".lanewise-2.tmp"));
    Set<PosixFilePermission> owner = PosixFilePermissions.fromString("rw-------");
    Files.createFile(file, PosixFilePermissions.asFileAttribute(owner));
    Files.createSymbolicLink(link, file.getFileName());
    AtomicFile.write(link, channel -> channel.write(ByteBuffer.allocate(3)));
    assertThat(link).isSymbolicLink();
    assertThat(file).hasSize(3);
    assertThat(Files.getPosixFilePermissions(file)).isEqualTo(owner);
    assertThat(abandoned).doesNotExist();
    assertThat(begun).exists();
  }

  @Test
  void replacesAFileWholeOrNotAtAll() throws IOException {
    file(Map.of(), "a", Tensor.scalar(1)).write(path);
    file(Map.of(), "a", Tensor.scalar(2)).write(path);
    assertThat(SafetensorsFile.read(path).tensors().get("a").item()).isEqualTo(2);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () ->
                AtomicFile.write(
                    path,
                    channel -> {
                      channel.write(ByteBuffer.allocate(3));
                      throw new IOException("disk full");
                    }))
        .withMessage("disk full");
    assertThat(SafetensorsFile.read(path).tensors().get("a").item()).isEqualTo(2);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(path);
    }
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> file(Map.of()).write(folder.resolve("none").resolve("file")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> file(Map.of(), "__metadata__", Tensor.scalar(1)).write(path))
        .withMessage("safetensors: expected another name for a tensor, was __metadata__");
  }
}
