package org.lanewise.nn.network;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.lanewise.engine.random.Distribution;
import org.lanewise.nn.activation.Activation;
import org.lanewise.nn.initializer.Initializer;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.noise.Dropout;
import org.lanewise.nn.normalization.BatchNorm;
import org.lanewise.nn.regularizer.Regularizer;

/**
 * The names of types in descriptions. Types of the library have their simple names, which say
 * nothing of packages; all others have their whole names.
 *
 * <p>So a type moves freely between the packages listed here, and one that moves into a new package
 * needs that package in the list. A type that gets another name stays readable by an entry among
 * those that were renamed.
 */
final class TypeNames {
  private static final List<String> PACKAGES =
      List.of(
          Layer.class.getPackageName(),
          Activation.class.getPackageName(),
          BatchNorm.class.getPackageName(),
          Dropout.class.getPackageName(),
          Initializer.class.getPackageName(),
          Regularizer.class.getPackageName(),
          Distribution.class.getPackageName());

  /**
   * The names of today by those in files of earlier versions. Another type may still have the
   * earlier name.
   */
  private static final Map<String, String> RENAMED =
      Map.of(
          "Combination", "ElementwiseMerge",
          "Drawn", "FromDistribution",
          "Identity", "IdentityMatrix");

  private TypeNames() {}

  /** Whether a type is named without its package. */
  static boolean isOfLibrary(Class<?> type) {
    return PACKAGES.contains(type.getPackageName());
  }

  static String of(Class<?> type) {
    return isOfLibrary(type)
        ? type.getName().substring(type.getPackageName().length() + 1).replace('$', '.')
        : type.getName();
  }

  /** The types of the library that have a name, or had it in an earlier version. */
  static List<Class<?>> ofLibrary(String name) {
    return Stream.concat(Stream.of(name), Stream.ofNullable(RENAMED.get(name)))
        // Nothing else becomes part of the name of a class that is looked for.
        .filter(one -> one.matches("\\w+(\\.\\w+)?"))
        .flatMap(one -> PACKAGES.stream().flatMap(in -> find(in, one).stream()))
        .toList();
  }

  private static Optional<Class<?>> find(String inPackage, String name) {
    String fullName = inPackage + "." + name.replace('.', '$');
    try {
      return Optional.of(Class.forName(fullName, false, TypeNames.class.getClassLoader()));
    } catch (ClassNotFoundException | LinkageError e) {
      // Where file names ignore case, a class of another case is found and does not link.
      return Optional.empty();
    }
  }
}
