package org.lanewise.engine.vector;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * Copies of a loop's class, one for each lane function that the loop applies.
 *
 * <p>One loop that is handed many functions makes the compiler call them through a table, a call
 * for every vector. A copy of its own lets the compiler see one constant function and inline it,
 * from a single source.
 */
public final class Specialization {
  private static final ClassValue<byte[]> BYTES =
      new ClassValue<>() {
        @Override
        protected byte[] computeValue(Class<?> template) {
          return bytes(template);
        }
      };

  private Specialization() {}

  /**
   * An instance of a fresh copy of a class, whose {@link #function} is the given one.
   *
   * @param loop an interface of the class
   * @param template the class, with a constructor that takes no arguments
   * @param lookup a lookup in the template
   * @param function the function of the copy
   */
  public static <T> T of(
      Class<T> loop, Class<? extends T> template, MethodHandles.Lookup lookup, Object function) {
    try {
      MethodHandles.Lookup copy =
          lookup.defineHiddenClassWithClassData(BYTES.get(template), function, true);
      Object instance =
          copy.findConstructor(copy.lookupClass(), MethodType.methodType(void.class)).invoke();
      return loop.cast(instance);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("cannot specialize " + template, e);
    }
  }

  private static byte[] bytes(Class<?> template) {
    try (InputStream in = template.getResourceAsStream(template.getSimpleName() + ".class")) {
      if (in == null) {
        throw new IllegalStateException("the class file of " + template + " cannot be read");
      }
      return Outlining.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The function that the class of a lookup was made for; null in the template itself, which is
   * never run.
   */
  public static <T> @Nullable T function(MethodHandles.Lookup lookup, Class<T> type) {
    try {
      return MethodHandles.classData(lookup, ConstantDescs.DEFAULT_NAME, type);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
