package org.lanewise.engine;

import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.lanewise.engine.operation.Elementwise;
import org.lanewise.engine.operation.Leaf;
import org.lanewise.engine.operation.MatrixProduct;
import org.lanewise.engine.operation.Reduction;
import org.lanewise.engine.program.Graph;
import org.lanewise.engine.program.Node;
import org.lanewise.engine.program.Program;

/**
 * A server that loads an application with an engine of its own, has threads of the server call it,
 * drops it, and prints whether its classes are gone then, though the server's threads live on.
 */
public final class Redeployment {
  /** The engine's threads end some seconds after they were last needed. */
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

  private Redeployment() {}

  /** An application that runs a program of loops, products and reductions on several threads. */
  public static final class Application implements Runnable {
    /** Does nothing yet. */
    public Application() {}

    @Override
    public void run() {
      Graph graph = new Graph();
      Node x = graph.record(new Leaf.Input("x", Tensor.zeros(515, 517)), List.of());
      Node y = graph.record(new MatrixProduct(false, true), List.of(x, x));
      Node z = graph.record(Elementwise.EXP, List.of(y));
      Node sum = graph.record(new Reduction(Reduction.Kind.SUM, List.of(0, 1)), List.of(z));
      Program program = new Program(List.of(z, sum), List.of());
      for (int i = 0; i < 200; i++) {
        program.run();
      }
    }
  }

  /** Takes no arguments. */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, ReflectiveOperationException {
    try (ExecutorService server = Executors.newFixedThreadPool(2)) {
      WeakReference<ClassLoader> dropped = deployAndDrop(server);
      long start = System.nanoTime();
      while (dropped.get() != null && System.nanoTime() - start < PATIENCE) {
        Thread.sleep(100);
        System.gc();
      }
      System.out.println(dropped.get() == null ? "gone" : "still there");
    }
  }

  private static WeakReference<ClassLoader> deployAndDrop(ExecutorService server)
      throws IOException, InterruptedException, ReflectiveOperationException {
    List<URL> path = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      URI uri = Path.of(entry).toUri();
      path.add(uri.toURL());
    }
    try (URLClassLoader loader =
        new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      Runnable application =
          (Runnable)
              loader.loadClass(Application.class.getName()).getDeclaredConstructor().newInstance();
      server.submit(inContext(application, loader)).get();
      return new WeakReference<>(loader);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a server does for an application: the thread's context is the application's meanwhile. */
  private static Runnable inContext(Runnable application, ClassLoader loader) {
    return () -> {
      Thread thread = Thread.currentThread();
      ClassLoader own = thread.getContextClassLoader();
      thread.setContextClassLoader(loader);
      try {
        application.run();
      } finally {
        thread.setContextClassLoader(own);
      }
    };
  }
}
