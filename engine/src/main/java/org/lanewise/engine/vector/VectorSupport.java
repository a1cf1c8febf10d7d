package org.lanewise.engine.vector;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether this JVM computes with vectors. One that cannot computes with plain loops, which is said
 * once, in a warning.
 *
 * <p>The system property {@value #PROPERTY} may say {@code off} (plain loops, without a warning),
 * {@code required} (an exception instead of the warning) or {@code at-once} (vectors from the first
 * call on, before they are compiled: for tests, which compare the bits).
 */
public final class VectorSupport {
  /** The system property that says when to compute with vectors. */
  public static final String PROPERTY = "lanewise.vectors";

  private static final boolean AT_ONCE;
  private static final boolean AVAILABLE;

  /** The message of what a user has asked for and cannot have. */
  private static final @Nullable String PROBLEM;

  static {
    MultiplyAdd.warnIfSlow();
    String wish = Objects.requireNonNullElse(System.getProperty(PROPERTY), "").strip();
    AT_ONCE = wish.equals("at-once");
    String missing = wish.equals("off") ? null : missing();
    boolean needed = AT_ONCE || wish.equals("required");
    String problem =
        switch (wish) {
          case "", "off" -> null;
          case "at-once", "required" -> missing;
          default ->
              "system property " + PROPERTY + ": expected off, required or at-once, was " + wish;
        };
    boolean available = missing == null && problem == null && !wish.equals("off");
    if (available) {
      problem = problemOfLanes();
      available = problem == null;
    } else if (missing != null && !needed) {
      System.getLogger("org.lanewise.engine")
          .log(
              System.Logger.Level.WARNING,
              "computing without vectors, several times slower: " + missing);
    }
    AVAILABLE = available;
    PROBLEM = problem;
  }

  private VectorSupport() {}

  /** Whether there are vectors to compute with. */
  public static boolean isAvailable() {
    return AVAILABLE;
  }

  /** Whether vectors are to be used before they are compiled. */
  static boolean isAtOnce() {
    return AT_ONCE;
  }

  /**
   * Checks that what the user asked for by system properties can be had.
   *
   * @throws IllegalStateException if it cannot; the message says which option is wrong
   */
  public static void check() {
    if (PROBLEM != null) {
      throw new IllegalStateException(PROBLEM);
    }
  }

  /** What this JVM lacks to compute with vectors; null if it has everything. */
  private static @Nullable String missing() {
    try {
      Class.forName(
          "jdk.incubator.vector.FloatVector", false, VectorSupport.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      return "this JVM was started without the JDK's Vector API; on the class path, add"
          + " --add-modules jdk.incubator.vector to the options of java";
    }
    boolean optimizing =
        AT_ONCE
            || isOptimizing(System.getProperty("java.vm.name"), System.getProperty("java.vm.info"));
    return optimizing ? null : "this JVM runs without HotSpot's optimizing compiler (C2)";
  }

  /**
   * Whether a JVM compiles vectors to machine instructions: a HotSpot server VM that is neither
   * interpreting only nor held to its first compiler.
   */
  static boolean isOptimizing(String name, String info) {
    return name.contains("Server VM")
        && !info.contains("interpreted mode")
        && !info.contains("emulated-client");
  }

  private static @Nullable String problemOfLanes() {
    try {
      var _ = Lanes.COUNT;
      return null;
    } catch (ExceptionInInitializerError e) {
      return String.valueOf(Objects.requireNonNullElse(e.getCause(), e).getMessage());
    }
  }
}
