package org.lanewise.nn.safetensors;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/** A file that is there whole or not at all, whatever happens while it is written. */
final class AtomicFile {
  private AtomicFile() {}

  /** The writer of the content. */
  interface Content {
    void write(FileChannel channel) throws IOException;
  }

  /** The beginning and end of the names of files that are being written, of one length for all. */
  private static final String PREFIX = ".lanewise-";

  private static final String SUFFIX = ".tmp";

  /** Files that were begun so long ago are what a killed process has left. */
  private static final Duration ABANDONED = Duration.ofDays(1);

  /**
   * Writes beside the file, flushes to the disk, and then takes the file's place: of the target of
   * a symbolic link, with the permissions of the file that is replaced.
   *
   * @throws java.nio.channels.ClosedByInterruptException if the thread is interrupted; the file is
   *     as it was then
   */
  static void write(Path path, Content content) throws IOException {
    Path target = target(path);
    Path folder = Objects.requireNonNull(target.getParent());
    clear(folder);
    Path beside = folder.resolve(PREFIX + UUID.randomUUID() + SUFFIX);
    try {
      try (FileChannel channel =
          FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        keepPermissions(target, beside);
        content.write(channel);
        channel.force(true);
      }
      Files.move(
          beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(beside);
    }
    flushFolder(folder);
  }

  /** The file that a path leads to, by way of symbolic links, whether it exists or not. */
  private static Path target(Path path) throws IOException {
    Path target = path.toAbsolutePath();
    while (Files.isSymbolicLink(target) && !Files.exists(target)) {
      target = target.resolveSibling(Files.readSymbolicLink(target));
    }
    return Files.exists(target) ? target.toRealPath() : target;
  }

  private static void keepPermissions(Path from, Path to) throws IOException {
    PosixFileAttributeView old = Files.getFileAttributeView(from, PosixFileAttributeView.class);
    PosixFileAttributeView own = Files.getFileAttributeView(to, PosixFileAttributeView.class);
    if (Files.exists(from) && old != null && own != null) {
      own.setPermissions(old.readAttributes().permissions());
    }
  }

  /** Deletes files that were begun long ago and never finished. */
  private static void clear(Path folder) throws IOException {
    Instant abandoned = Instant.now().minus(ABANDONED);
    try (DirectoryStream<Path> begun = Files.newDirectoryStream(folder, PREFIX + "*" + SUFFIX)) {
      for (Path each : begun) {
        if (Files.getLastModifiedTime(each).toInstant().isBefore(abandoned)) {
          Files.deleteIfExists(each);
        }
      }
    }
  }

  /** Makes the new name last, where the system lets folders be flushed. */
  private static void flushFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Some systems do not open folders; the file itself is flushed.
      return;
    }
  }
}
