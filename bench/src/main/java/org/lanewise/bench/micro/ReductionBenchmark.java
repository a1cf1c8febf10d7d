package org.lanewise.bench.micro;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Tensor;
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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Sums and maxima over a matrix of 256 × 300: nanoseconds an element. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Dlanewise.threads=1"})
public class ReductionBenchmark {
  private static final int ROWS = 256;
  private static final int COLUMNS = 300;
  private static final int ELEMENTS = ROWS * COLUMNS;

  private final Tape tape = new Tape();
  private final Variable x = tape.input("x", drawn());
  private final Program sumAll = program(x.sum());
  private final Program sumOverRows = program(x.sum(0));
  private final Program sumOverColumns = program(x.sum(1));
  private final Program maxOverColumns = program(x.max(1));
  private final Program logSumExp = program(x.logSumExp(1));

  /** For the harness. */
  public ReductionBenchmark() {}

  private static Tensor drawn() {
    Tensor tensor = Tensor.zeros(ROWS, COLUMNS);
    RandomStream.of(1).fill(Distribution.normal(), tensor.array(), 0, ELEMENTS);
    return tensor;
  }

  private Program program(Variable result) {
    return tape.program(List.of(result), List.of());
  }

  /** The sum of all elements. */
  @Benchmark
  @OperationsPerInvocation(ELEMENTS)
  public void sumAll() {
    sumAll.run();
  }

  /** The sum of each column. */
  @Benchmark
  @OperationsPerInvocation(ELEMENTS)
  public void sumOverRows() {
    sumOverRows.run();
  }

  /** The sum of each row. */
  @Benchmark
  @OperationsPerInvocation(ELEMENTS)
  public void sumOverColumns() {
    sumOverColumns.run();
  }

  /** The largest element of each row. */
  @Benchmark
  @OperationsPerInvocation(ELEMENTS)
  public void maxOverColumns() {
    maxOverColumns.run();
  }

  /** The logarithm of the sum of exponentials of each row. */
  @Benchmark
  @OperationsPerInvocation(ELEMENTS)
  public void logSumExp() {
    logSumExp.run();
  }
}
