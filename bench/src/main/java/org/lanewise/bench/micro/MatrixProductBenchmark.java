package org.lanewise.bench.micro;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.program.Program;
import org.lanewise.engine.random.Distribution;
import org.lanewise.engine.random.RandomStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Matrix products as programs of one operation, on one thread: the row {@code flops} in GFLOP/s, to
 * be read as a share of what {@link FmaCeilingBenchmark} gives in the same run.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Dlanewise.threads=1"})
public class MatrixProductBenchmark {
  /**
   * The sizes m x n x k and which operands are stored transposed: after the squares, the layers of
   * a network of 784, 300, 100 and 10 units at a batch of 50, each followed by its gradients with
   * respect to weights and input, and a prediction at a batch of 1.
   */
  @Param({
    "64x64x64",
    "128x128x128",
    "256x256x256",
    "512x512x512",
    "1024x1024x1024",
    "2048x2048x2048",
    "50x300x784",
    "784x300x50 left",
    "50x784x300 right",
    "50x100x300",
    "300x100x50 left",
    "50x300x100 right",
    "50x10x100",
    "100x10x50 left",
    "50x100x10 right",
    "1x300x784"
  })
  private String product = "64x64x64";

  private Program program = programOf("64x64x64");
  private double flopsOfOne;

  /** For the harness. */
  public MatrixProductBenchmark() {}

  /** Records the program. */
  @Setup
  public void record() {
    program = programOf(product);
    flopsOfOne = 2.0;
    for (int size : sizes(product)) {
      flopsOfOne *= size;
    }
  }

  private static int[] sizes(String product) {
    String[] numbers = product.split(" ", 2)[0].split("x", 3);
    int[] sizes = new int[3];
    for (int i = 0; i < 3; i++) {
      sizes[i] = Integer.parseInt(numbers[i]);
    }
    return sizes;
  }

  private static Program programOf(String product) {
    int[] sizes = sizes(product);
    int m = sizes[0];
    int n = sizes[1];
    int k = sizes[2];
    boolean left = product.endsWith("left");
    boolean right = product.endsWith("right");
    Tape tape = new Tape();
    Variable a = tape.input("a", random(left ? Shape.of(k, m) : Shape.of(m, k), 1));
    Variable b = tape.input("b", random(right ? Shape.of(n, k) : Shape.of(k, n), 2));
    return tape.program(List.of(a.matmul(b, left, right)), List.of());
  }

  private static Tensor random(Shape shape, long seed) {
    Tensor tensor = Tensor.zeros(shape);
    RandomStream.of(seed).fill(Distribution.uniform(-1, 1), tensor.array(), 0, tensor.size());
    return tensor;
  }

  /** Runs the program. */
  @Benchmark
  public void multiply(FlopCounter counter) {
    program.run();
    counter.flops += flopsOfOne;
  }
}
