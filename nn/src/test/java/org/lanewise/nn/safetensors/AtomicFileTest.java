package org.lanewise.nn.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.nn.ForkedJvm;

final class AtomicFileTest {
  @TempDir Path folder;
  private Path path;

  @BeforeEach
  void choose() {
    path = folder.resolve("file");
  }

  private static void write(Path path, String text) throws IOException {
    AtomicFile.write(path, channel -> channel.write(ByteBuffer.wrap(bytes(text))));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static boolean hasModes(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  @Test
  void namesAFolderThatIsMissing() {
    Path missing = folder.resolve("missing");
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> write(missing.resolve("file"), "text"))
        .withMessage(missing.toString());
  }

  /** A folder in which no file can be made: for the superuser that of the kernel's own files. */
  private Path closedFolder() throws IOException {
    Path closed = Files.createDirectory(folder.resolve("closed"));
    if (hasModes(closed)) {
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));
    }
    return Files.isWritable(closed) ? Path.of("/sys") : closed;
  }

  @Test
  void namesTheFileThatCannotBeWrittenAndTheCause() throws IOException {
    Path closed = closedFolder();
    assumeThat(closed).exists();
    Path refused = closed.resolve("file");
    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> write(refused, "text"))
        .withMessageStartingWith(
            refused + ": a file beside it that takes its place cannot be made: ")
        .withMessageNotContaining(".tmp")
        .withCauseInstanceOf(FileSystemException.class);
    assertThat(refused).doesNotExist();
  }

  @Test
  void replacesAFileWholeOrNotAtAll() throws IOException {
    write(path, "one");
    write(path, "two");
    assertThat(path).hasContent("two");
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
    assertThat(path).hasContent("two");
    assertThat(files()).containsExactly(path);
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> write(folder.resolve("none").resolve("file"), "three"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-------", "rw-rw-rw-", "r--r--r--", "rwxr-x---"})
  void keepsTheModeOfTheFileThatItReplaces(String mode) throws IOException {
    assumeThat(hasModes(path)).isTrue();
    write(path, "one");
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    AtomicFile.write(
        path,
        channel -> {
          // On the way nobody else may read it.
          for (Path file : files()) {
            if (!file.equals(path)) {
              assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                  .isEqualTo("rw-------");
            }
          }
          channel.write(ByteBuffer.wrap(bytes("two")));
        });
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path))).isEqualTo(mode);
    assertThat(Files.readString(path)).isEqualTo("two");
  }

  @Test
  void aNewFileHasTheModeOfNewFiles() throws IOException {
    assumeThat(hasModes(path)).isTrue();
    write(path, "one");
    Path other = Files.createFile(folder.resolve("other"));
    // Not Files.writeString, whose mode this is as well.
    assertThat(Files.getPosixFilePermissions(path))
        .isEqualTo(Files.getPosixFilePermissions(Files.write(other, new byte[0])));
  }

  @Test
  void writesThroughSymbolicLinks() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    Path target = other.resolve("target");
    Path between = Files.createSymbolicLink(other.resolve("between"), Path.of("target"));
    Path link = Files.createSymbolicLink(path, Path.of("other", "between"));
    for (String text : List.of("made", "replaced")) {
      write(link, text);
      assertThat(target).hasContent(text);
      assertThat(Files.isSymbolicLink(link)).isTrue();
      assertThat(Files.isSymbolicLink(between)).isTrue();
      assertThat(Files.isSymbolicLink(target)).isFalse();
    }
    Path self = Files.createSymbolicLink(folder.resolve("self"), Path.of("self"));
    assertThatExceptionOfType(FileSystemLoopException.class)
        .isThrownBy(() -> write(self, "x"))
        .withMessage(self.toString());
  }

  @Test
  void takesTheLongestNames() throws IOException {
    Path longest = folder.resolve("n".repeat(250));
    write(longest, "one");
    assertThat(longest).hasContent("one");
  }

  @Test
  void aFolderIsNoFile() {
    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> write(folder, "one"))
        .withMessage(folder + ": expected a file, was a folder");
  }

  @Test
  void deletesWhatAKilledProcessLeft() throws IOException {
    Files.writeString(folder.resolve(".lanewise-1234.tmp"), "half of it");
    Path others = Files.createFile(folder.resolve(".others.tmp"));
    write(path, "one");
    assertThat(files()).containsExactly(others, path);
  }

  /** Writes a file forever. */
  static final class Endless {
    public static void main(String[] arguments) throws IOException {
      AtomicFile.write(
          Path.of(arguments[0]),
          channel -> {
            channel.write(ByteBuffer.allocate(1));
            System.out.println("writing");
            try {
              Thread.sleep(TimeUnit.MINUTES.toMillis(5));
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
          });
    }
  }

  @Test
  void leavesWhatAnotherProcessWritesUntilThatIsKilled() throws IOException, InterruptedException {
    ForkedJvm other = new ForkedJvm(Endless.class, List.of(folder.resolve("other").toString()));
    try {
      assertThat(other.line()).isEqualTo("writing");
      write(path, "one");
      assertThat(files()).hasSize(2);
    } finally {
      other.kill();
    }
    assertThat(files()).hasSize(2);
    write(path, "two");
    assertThat(files()).containsExactly(path);
  }

  @Test
  void processesThatWriteAtOnceDoNotDisturbEachOther() throws IOException, InterruptedException {
    ForkedJvm other = new ForkedJvm(Busy.class, List.of(folder.resolve("other").toString()));
    try {
      assertThat(other.line()).isEqualTo("writing");
      for (int i = 0; i < 1000; i++) {
        write(path, "the text of " + i);
      }
    } finally {
      other.kill();
    }
    assertThat(path).hasContent("the text of 999");
  }

  /** Writes a file again and again, with several threads, until it is killed. */
  static final class Busy {
    private Busy() {}

    public static void main(String[] arguments) {
      Path path = Path.of(arguments[0]);
      System.out.println("writing");
      IntStream.range(0, 4)
          .parallel()
          .forEach(
              _ -> {
                while (true) {
                  try {
                    write(path, "text");
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                }
              });
    }
  }

  @Test
  void threadsThatWriteAtOnceDoNotDisturbEachOther() throws IOException {
    IntStream.range(0, 200)
        .parallel()
        .forEach(
            i -> {
              try {
                write(folder.resolve("file" + i % 5), "the text of " + i);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    assertThat(files()).hasSize(5);
    for (Path file : files()) {
      assertThat(Files.readString(file)).startsWith("the text of ");
    }
  }

  @Test
  void writesAnewWhenAnotherProcessTookItForALeftover() throws IOException {
    int[] times = {0};
    AtomicFile.write(
        path,
        channel -> {
          channel.write(ByteBuffer.wrap(bytes("one")));
          if (times[0]++ == 0) {
            for (Path file : files()) {
              Files.delete(file);
            }
          }
        });
    assertThat(times[0]).isEqualTo(2);
    assertThat(path).hasContent("one");
  }

  @Test
  void anInterruptedThreadLeavesTheFileAsItWas() throws IOException {
    write(path, "one");
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(ClosedByInterruptException.class)
        .isThrownBy(() -> write(path, "two"));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(path).hasContent("one");
    assertThat(files()).containsExactly(path);
  }

  @Test
  void aFileSystemNeedsNeitherModesNorLocks() throws IOException {
    try (FileSystem zip =
        FileSystems.newFileSystem(folder.resolve("zip"), Map.of("create", "true"))) {
      Path inside = zip.getPath("/inside");
      assertThat(hasModes(inside)).isFalse();
      write(inside, "one");
      write(inside, "two");
      assertThat(Files.readString(inside)).isEqualTo("two");
    }
  }
}
