package org.lanewise.nn.safetensors;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.UUID;

/** A file that is there whole or not at all, whatever happens while it is written. */
final class AtomicFile {
  private AtomicFile() {}

  /** The writer of the content. */
  interface Content {
    void write(FileChannel channel) throws IOException;
  }

  /** Writes beside the file, flushes to the disk, and then takes the file's place. */
  static void write(Path path, Content content) throws IOException {
    Path target = path.toAbsolutePath();
    Path beside =
        target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try {
      try (FileChannel channel =
          FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        content.write(channel);
        channel.force(true);
      }
      Files.move(
          beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(beside);
    }
    flushFolder(Objects.requireNonNull(target.getParent()));
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
