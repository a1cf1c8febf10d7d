package org.lanewise.bench.micro;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.operation.Elementwise;
import org.lanewise.engine.program.Program;
import org.lanewise.engine.random.Distribution;
import org.lanewise.engine.random.RandomStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Every elementwise operation as a program of one operation, over operands that stay in the
 * second-level cache: nanoseconds an element.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Dlanewise.threads=1"})
public class ElementwiseBenchmark {
  private static final int ELEMENTS = 16 * 1024;

  /** The operation: each of them. */
  @Param private Elementwise operation = Elementwise.ADD;

  private Program program = programOf(Elementwise.ADD);

  /** For the harness. */
  public ElementwiseBenchmark() {}

  /** Records the program. */
  @Setup
  public void record() {
    program = programOf(operation);
  }

  private static Program programOf(Elementwise operation) {
    Tape tape = new Tape();
    Variable[] operands = new Variable[operation.arity()];
    for (int i = 0; i < operands.length; i++) {
      Tensor tensor = Tensor.zeros(Shape.of(ELEMENTS));
      // Positive numbers of moderate size are inside every domain.
      RandomStream.of(i).fill(Distribution.uniform(0.1, 4), tensor.array(), 0, ELEMENTS);
      operands[i] = tape.input("x" + i, tensor);
    }
    return tape.program(List.of(tape.record(operation, operands)), List.of());
  }

  /** Runs the program. */
  @Benchmark
  @OperationsPerInvocation(ELEMENTS)
  public void element() {
    program.run();
  }
}
