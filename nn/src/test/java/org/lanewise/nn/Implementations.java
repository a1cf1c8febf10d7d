package org.lanewise.nn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds the classes of a package, so that a test can see whether a list of them is complete. */
public final class Implementations {
  private Implementations() {}

  /** The classes that implement a type, among those in the package of another. */
  public static List<Class<?>> of(Class<?> type, Class<?> beside) {
    String own = beside.getPackageName();
    try {
      Path classes = Path.of(beside.getProtectionDomain().getCodeSource().getLocation().toURI());
      try (Stream<Path> files = Files.list(classes.resolve(own.replace('.', '/')))) {
        return files
            .map(file -> file.getFileName().toString())
            .filter(name -> name.endsWith(".class") && !name.equals("package-info.class"))
            .<Class<?>>map(name -> load(own + "." + name.replace(".class", "")))
            .filter(each -> type.isAssignableFrom(each) && !each.isInterface())
            .toList();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
