package org.lanewise.bench.micro;

import static org.lanewise.nn.Layers.batchNorm;
import static org.lanewise.nn.Layers.dense;
import static org.lanewise.nn.Layers.elu;

import java.util.concurrent.TimeUnit;
import org.lanewise.engine.random.Distribution;
import org.lanewise.engine.random.RandomStream;
import org.lanewise.nn.network.Network;
import org.lanewise.nn.prediction.Predictor;
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

/** Predictions of networks with batch normalization and ELU. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Dlanewise.threads=1"})
public class PredictionBenchmark {
  /** Which network, and how many examples at once. */
  @Param({"SMALL_1", "IMAGE_1", "IMAGE_16", "IMAGE_64"})
  private Work work = Work.SMALL_1;

  /** A network and a batch size. */
  public enum Work {
    /** 32-64-32-1, one example. */
    SMALL_1(1, 32, 64, 32, 1),
    /** 784-300-100-10, one example. */
    IMAGE_1(1, 784, 300, 100, 10),
    /** 784-300-100-10, sixteen examples. */
    IMAGE_16(16, 784, 300, 100, 10),
    /** 784-300-100-10, sixty-four examples. */
    IMAGE_64(64, 784, 300, 100, 10);

    private final int batch;
    private final int[] units;

    Work(int batch, int... units) {
      this.batch = batch;
      this.units = units;
    }

    private Network network() {
      return Network.of(
          units[0],
          dense(units[1]),
          batchNorm(),
          elu(),
          dense(units[2]),
          batchNorm(),
          elu(),
          dense(units[3]));
    }
  }

  private Predictor predictor = predictor(work);
  private float[] examples = {};
  private float[] outputs = {};

  /** For the harness. */
  public PredictionBenchmark() {}

  /** Warms a predictor up. */
  @Setup
  public void setUp() {
    predictor = predictor(work).warmUp(work.batch);
    examples = new float[work.batch * work.units[0]];
    outputs = new float[work.batch * work.units[3]];
    RandomStream.of(1).fill(Distribution.uniform(-1, 1), examples, 0, examples.length);
  }

  private static Predictor predictor(Work work) {
    Network network = work.network();
    return new Predictor(network, network.initialize(0));
  }

  /**
   * A prediction.
   *
   * @return the outputs
   */
  @Benchmark
  public float[] predict() {
    predictor.predict(examples, outputs);
    return outputs;
  }
}
