package org.lanewise.engine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.classfile.constantpool.PoolEntry;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * A build that moves the engine to a package of its own, as shaded jars do: names in strings stay
 * as they are. Runs an application on the moved classes.
 */
final class Relocation {
  private static final String PACKAGE = "org/lanewise/";
  private static final String MOVED = "shaded/lanewise/";

  private final Path destination;

  private Relocation(Path destination) {
    this.destination = destination;
  }

  /** Takes the directory for the moved classes. */
  public static void main(String[] arguments)
      throws IOException, URISyntaxException, ReflectiveOperationException {
    Path destination = Path.of(arguments[0]);
    Relocation relocation = new Relocation(destination);
    relocation.moveAll(directory(Tensor.class));
    relocation.move(directory(Redeployment.class), classFile(Redeployment.Application.class));
    URL[] path = {destination.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(path, ClassLoader.getPlatformClassLoader())) {
      Class<?> application =
          loader.loadClass(Redeployment.Application.class.getName().replaceFirst("org", "shaded"));
      ((Runnable) application.getDeclaredConstructor().newInstance()).run();
      System.out.println("computed by " + application.getName());
    }
  }

  private static Path directory(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static Path classFile(Class<?> type) {
    return Path.of(type.getName().replace('.', '/') + ".class");
  }

  private void moveAll(Path root) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(root)) {
      files = walk.filter(file -> file.toString().endsWith(".class")).toList();
    }
    for (Path file : files) {
      if (!file.endsWith("module-info.class")) {
        move(root, root.relativize(file));
      }
    }
  }

  private void move(Path root, Path file) throws IOException {
    String name = file.toString().replace(PACKAGE, MOVED);
    Path target = destination.resolve(name);
    Files.createDirectories(target.getParent());
    Files.write(target, moved(Files.readAllBytes(root.resolve(file))));
  }

  /** A class file with other names in its constant pool, except in strings of the program. */
  private static byte[] moved(byte[] classFile) throws IOException {
    Set<Integer> texts = new HashSet<>();
    rewrite(classFile, (entry, text) -> text, texts);
    return rewrite(
        classFile,
        (entry, text) -> texts.contains(entry) ? text : text.replace(PACKAGE, MOVED),
        new HashSet<>());
  }

  /** Rewrites the UTF-8 entries of a constant pool, and adds those that strings refer to. */
  private static byte[] rewrite(
      byte[] classFile, BiFunction<Integer, String, String> change, Set<Integer> texts)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile));
    DataOutputStream out = new DataOutputStream(bytes);
    // The magic number and the version.
    out.write(in.readNBytes(8));
    int entries = in.readUnsignedShort();
    out.writeShort(entries);
    for (int entry = 1; entry < entries; entry++) {
      int tag = in.readUnsignedByte();
      out.writeByte(tag);
      switch (tag) {
        case PoolEntry.TAG_UTF8 -> out.writeUTF(change.apply(entry, in.readUTF()));
        case PoolEntry.TAG_STRING -> {
          int text = in.readUnsignedShort();
          out.writeShort(text);
          texts.add(text);
        }
        case PoolEntry.TAG_LONG, PoolEntry.TAG_DOUBLE -> {
          out.writeLong(in.readLong());
          entry++;
        }
        case PoolEntry.TAG_CLASS,
            PoolEntry.TAG_METHOD_TYPE,
            PoolEntry.TAG_MODULE,
            PoolEntry.TAG_PACKAGE ->
            out.writeShort(in.readUnsignedShort());
        case PoolEntry.TAG_METHOD_HANDLE -> out.write(in.readNBytes(3));
        default -> out.writeInt(in.readInt());
      }
    }
    in.transferTo(out);
    return bytes.toByteArray();
  }
}
