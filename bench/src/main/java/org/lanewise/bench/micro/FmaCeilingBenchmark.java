package org.lanewise.bench.micro;

import static org.lanewise.engine.vector.Lanes.COUNT;
import static org.lanewise.engine.vector.Lanes.FLOATS;

import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The most that the multipliers of one core give: fused multiply-adds on registers alone, in chains
 * enough to hide their latency. The row {@code flops} of the faster method, in GFLOP/s, is the
 * limit of {@link MatrixProductBenchmark}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FmaCeilingBenchmark {
  private static final int STEPS = 100_000;

  /** Its square, added once a step, stays far from overflow and from subnormal numbers. */
  private float factor = 0.001f;

  /** For the harness. */
  public FmaCeilingBenchmark() {}

  /** Eight independent chains of fused multiply-adds. */
  @Benchmark
  public float eight(FlopCounter counter) {
    FloatVector x = FloatVector.broadcast(FLOATS, factor);
    FloatVector y0 = FloatVector.broadcast(FLOATS, 0f);
    FloatVector y1 = FloatVector.broadcast(FLOATS, 1f);
    FloatVector y2 = FloatVector.broadcast(FLOATS, 2f);
    FloatVector y3 = FloatVector.broadcast(FLOATS, 3f);
    FloatVector y4 = FloatVector.broadcast(FLOATS, 4f);
    FloatVector y5 = FloatVector.broadcast(FLOATS, 5f);
    FloatVector y6 = FloatVector.broadcast(FLOATS, 6f);
    FloatVector y7 = FloatVector.broadcast(FLOATS, 7f);
    for (int i = 0; i < STEPS; i++) {
      y0 = x.fma(x, y0);
      y1 = x.fma(x, y1);
      y2 = x.fma(x, y2);
      y3 = x.fma(x, y3);
      y4 = x.fma(x, y4);
      y5 = x.fma(x, y5);
      y6 = x.fma(x, y6);
      y7 = x.fma(x, y7);
    }
    counter.flops += 2.0 * 8 * COUNT * STEPS;
    return y0.add(y1).add(y2).add(y3).add(y4).add(y5).add(y6).add(y7).lane(0);
  }

  /** Twelve independent chains of fused multiply-adds. */
  @Benchmark
  public float twelve(FlopCounter counter) {
    FloatVector x = FloatVector.broadcast(FLOATS, factor);
    FloatVector y0 = FloatVector.broadcast(FLOATS, 0f);
    FloatVector y1 = FloatVector.broadcast(FLOATS, 1f);
    FloatVector y2 = FloatVector.broadcast(FLOATS, 2f);
    FloatVector y3 = FloatVector.broadcast(FLOATS, 3f);
    FloatVector y4 = FloatVector.broadcast(FLOATS, 4f);
    FloatVector y5 = FloatVector.broadcast(FLOATS, 5f);
    FloatVector y6 = FloatVector.broadcast(FLOATS, 6f);
    FloatVector y7 = FloatVector.broadcast(FLOATS, 7f);
    FloatVector y8 = FloatVector.broadcast(FLOATS, 8f);
    FloatVector y9 = FloatVector.broadcast(FLOATS, 9f);
    FloatVector y10 = FloatVector.broadcast(FLOATS, 10f);
    FloatVector y11 = FloatVector.broadcast(FLOATS, 11f);
    for (int i = 0; i < STEPS; i++) {
      y0 = x.fma(x, y0);
      y1 = x.fma(x, y1);
      y2 = x.fma(x, y2);
      y3 = x.fma(x, y3);
      y4 = x.fma(x, y4);
      y5 = x.fma(x, y5);
      y6 = x.fma(x, y6);
      y7 = x.fma(x, y7);
      y8 = x.fma(x, y8);
      y9 = x.fma(x, y9);
      y10 = x.fma(x, y10);
      y11 = x.fma(x, y11);
    }
    counter.flops += 2.0 * 12 * COUNT * STEPS;
    return y0.add(y1)
        .add(y2)
        .add(y3)
        .add(y4)
        .add(y5)
        .add(y6)
        .add(y7)
        .add(y8)
        .add(y9)
        .add(y10)
        .add(y11)
        .lane(0);
  }
}
