package org.lanewise.nn.safetensors;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A file that is there whole or not at all, whatever happens while it is written.
 *
 * <p>The content is written to a file beside it, flushed to the disk, and then takes the file's
 * place. The file keeps its mode; owner and group are those of the process. Of a symbolic link the
 * file that it leads to is replaced. A file beside that a killed process left is deleted by the
 * next write into its folder: as long as a process writes, it holds a lock on it.
 */
final class AtomicFile {
  private static final String PREFIX = ".lanewise-";
  private static final String SUFFIX = ".tmp";
  private static final int MOST_LINKS = 40;
  private static final int MOST_ATTEMPTS = 100;

  /**
   * The names of the files beside that threads of this process write. Systems that drop all locks
   * of a process when it closes a file once more must not have them opened again.
   */
  private static final Set<String> WRITTEN = ConcurrentHashMap.newKeySet();

  private AtomicFile() {}

  /** The writer of the content; it may be asked to write more than once. */
  interface Content {
    void write(FileChannel channel) throws IOException;
  }

  /**
   * Writes a file, or replaces it.
   *
   * @throws IOException if it cannot be written; the file is then as it was. A thread that is
   *     interrupted before or while it writes gets a {@link
   *     java.nio.channels.ClosedByInterruptException}, and stays interrupted
   */
  static void write(Path path, Content content) throws IOException {
    Path target = followed(path);
    if (Files.isDirectory(target)) {
      throw new FileSystemException(path.toString(), null, "expected a file, was a folder");
    }
    Path folder = Objects.requireNonNull(target.getParent());
    if (!Files.exists(folder)) {
      // Else the exception would name the file beside.
      throw new NoSuchFileException(folder.toString());
    }
    deleteLeftovers(folder);
    for (int attempt = 1; !replaced(path, target, content, attempt); attempt++) {}
    flushFolder(folder);
  }

  private static Path followed(Path path) throws IOException {
    Path target = path.toAbsolutePath();
    for (int links = 0; Files.isSymbolicLink(target); links++) {
      if (links == MOST_LINKS) {
        throw new FileSystemLoopException(path.toString());
      }
      target = target.resolveSibling(Files.readSymbolicLink(target));
    }
    return target;
  }

  /**
   * Whether the file was replaced. It is not if another process took the file beside for a
   * leftover, in the moments when it had no lock.
   */
  private static boolean replaced(Path path, Path target, Content content, int attempt)
      throws IOException {
    Path beside = target.resolveSibling(PREFIX + UUID.randomUUID() + SUFFIX);
    WRITTEN.add(name(beside));
    try {
      writeBeside(beside, mode(target), content);
      Files.move(
          beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return true;
    } catch (FileSystemException e) {
      if (e instanceof NoSuchFileException && attempt < MOST_ATTEMPTS) {
        return false;
      }
      throw beside.toString().equals(e.getFile()) ? naming(path, e) : e;
    } finally {
      Files.deleteIfExists(beside);
      WRITTEN.remove(name(beside));
    }
  }

  /** An exception of the file that was asked for, in the place of one of the file beside. */
  private static FileSystemException naming(Path path, FileSystemException e) {
    String reason =
        e instanceof AccessDeniedException
            ? "access denied"
            : Objects.requireNonNullElse(e.getReason(), e.toString());
    FileSystemException named =
        new FileSystemException(
            path.toString(),
            null,
            "a file beside it that takes its place cannot be made: " + reason);
    named.initCause(e);
    return named;
  }

  private static void writeBeside(
      Path beside, Optional<Set<PosixFilePermission>> mode, Content content) throws IOException {
    // Nobody reads what is written on the way who could not read the file before.
    FileAttribute<?>[] attributes =
        mode.map(
                _ ->
                    new FileAttribute<?>[] {
                      PosixFilePermissions.asFileAttribute(
                          PosixFilePermissions.fromString("rw-------"))
                    })
            .orElse(new FileAttribute<?>[0]);
    try (FileChannel channel =
        FileChannel.open(
            beside, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes)) {
      if (!lock(channel, true)) {
        // Another process locked it first, takes it for a leftover and deletes it.
        throw new NoSuchFileException(beside.toString());
      }
      content.write(channel);
      if (mode.isPresent() && !mode.equals(mode(beside))) {
        Files.setPosixFilePermissions(beside, mode.get());
      }
      channel.force(true);
    }
  }

  /** Who may do what with a file; empty where there is none, or the system has no such modes. */
  private static Optional<Set<PosixFilePermission>> mode(Path file) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    return view == null || !Files.exists(file)
        ? Optional.empty()
        : Optional.of(view.readAttributes().permissions());
  }

  /**
   * Whether the file is now locked until the channel is closed, and by nobody else before.
   *
   * @param withoutLocks the answer where it cannot be found out, as some systems have no locks
   */
  private static boolean lock(FileChannel channel, boolean withoutLocks) {
    try {
      return channel.tryLock() != null;
    } catch (IOException | OverlappingFileLockException | UnsupportedOperationException e) {
      return withoutLocks;
    }
  }

  /** Deletes files beside that no process writes. */
  private static void deleteLeftovers(Path folder) {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, PREFIX + "*" + SUFFIX)) {
      for (Path beside : found) {
        if (!WRITTEN.contains(name(beside))
            && Files.isRegularFile(beside, LinkOption.NOFOLLOW_LINKS)) {
          deleteUnlessLocked(beside);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // They do not keep anybody from writing; the next write tries again.
      return;
    }
  }

  private static void deleteUnlessLocked(Path beside) throws IOException {
    try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
      // Nothing is ever taken for a leftover where there are no locks.
      if (lock(channel, false)) {
        Files.deleteIfExists(beside);
      }
    }
  }

  private static String name(Path file) {
    return Objects.requireNonNull(file.getFileName()).toString();
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
