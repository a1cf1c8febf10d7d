package org.lanewise.bench.peer;

import org.bytedeco.javacpp.FloatPointer;
import org.lanewise.bench.compare.MatrixProductWork;
import org.lanewise.bench.compare.Task;

/** A matrix product by a native library, on operands outside the heap. */
final class NativeProduct implements Task {
  /** A library's product of row-major matrices, each with the distance between its rows. */
  @FunctionalInterface
  interface Multiplication {
    void run(FloatPointer a, int strideA, FloatPointer b, int strideB, FloatPointer c);
  }

  private final Multiplication multiplication;
  private final int strideA;
  private final int strideB;
  private final FloatPointer a;
  private final FloatPointer b;
  private final FloatPointer c;
  private final int size;

  NativeProduct(MatrixProductWork work, Multiplication multiplication) {
    this.multiplication = multiplication;
    strideA = work.left() ? work.m() : work.k();
    strideB = work.right() ? work.k() : work.n();
    size = work.m() * work.n();
    a = aligned(work.a());
    b = aligned(work.b());
    c = aligned(new float[size]);
  }

  /** A copy outside the heap that starts with a cache line. */
  private static FloatPointer aligned(float[] values) {
    FloatPointer pointer = new FloatPointer(values.length + 16L);
    long past = pointer.address() % 64 / Float.BYTES;
    return pointer.position((16 - past) % 16).put(values);
  }

  @Override
  public void run() {
    multiplication.run(a, strideA, b, strideB, c);
  }

  @Override
  public float[] results() {
    run();
    float[] results = new float[size];
    c.get(results);
    return results;
  }
}
