package org.lanewise.engine.vector;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether this JVM was started so that vectors can be computed with. */
public final class VectorSupport {
  private static final @Nullable String PROBLEM = problem();

  private VectorSupport() {}

  /**
   * Checks that vectors can be computed with, as the first kernel would fail less clearly.
   *
   * @throws IllegalStateException if the JVM lacks the module jdk.incubator.vector or was told a
   *     width of lanes that there is not; the message says which option is wrong
   */
  public static void require() {
    if (PROBLEM != null) {
      throw new IllegalStateException(PROBLEM);
    }
  }

  private static @Nullable String problem() {
    ClassLoader loader = VectorSupport.class.getClassLoader();
    try {
      Class.forName("jdk.incubator.vector.FloatVector", false, loader);
      Class.forName(Lanes.class.getName(), true, loader);
      MultiplyAdd.warnIfSlow();
      return null;
    } catch (ClassNotFoundException e) {
      return "Lanewise computes with the JDK's Vector API, which this JVM was started without: on"
          + " the class path, add --add-modules jdk.incubator.vector to the options of java";
    } catch (ExceptionInInitializerError e) {
      return String.valueOf(Objects.requireNonNullElse(e.getCause(), e).getMessage());
    }
  }
}
