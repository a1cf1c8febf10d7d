package org.lanewise.engine.parallel;

import java.lang.ref.SoftReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Scratch that each thread has for itself, made when it first asks.
 *
 * <p>Threads refer to it softly. Those of a server outlive the applications that they work for, and
 * an object of ours that one of them holds on to would keep all classes of an application.
 *
 * @param <T> the type of the scratch
 */
public final class PerThread<T> {
  // Each of these objects is in a static field itself.
  @SuppressWarnings("ThreadLocalUsage")
  private final ThreadLocal<@Nullable SoftReference<T>> references = new ThreadLocal<>();

  private final Supplier<T> maker;

  /** Scratch that a supplier makes, once for each thread unless memory was short meanwhile. */
  public PerThread(Supplier<T> maker) {
    this.maker = maker;
  }

  /** The scratch of the calling thread. */
  public T get() {
    SoftReference<T> reference = references.get();
    T known = reference == null ? null : reference.get();
    return known != null ? known : make();
  }

  private T make() {
    T made = maker.get();
    references.set(new SoftReference<>(made));
    return made;
  }
}
