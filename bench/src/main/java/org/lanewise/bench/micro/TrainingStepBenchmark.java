package org.lanewise.bench.micro;

import static org.lanewise.nn.Layers.batchNorm;
import static org.lanewise.nn.Layers.dense;
import static org.lanewise.nn.Layers.elu;
import static org.lanewise.nn.initializer.Initializer.heNormal;

import java.util.concurrent.TimeUnit;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.random.Distribution;
import org.lanewise.engine.random.RandomStream;
import org.lanewise.nn.clip.GradientClipping;
import org.lanewise.nn.loss.Loss;
import org.lanewise.nn.network.Network;
import org.lanewise.nn.optimizer.Optimizer;
import org.lanewise.nn.training.DataSet;
import org.lanewise.nn.training.Trainer;
import org.lanewise.nn.training.Training;
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
 * One training step of 784-300-100-10 with batch normalization before ELU, cross-entropy and
 * clipping by global norm, as a trainer does it: the batch copied in, the recorded step replayed,
 * the metrics read.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Dlanewise.threads=1"})
public class TrainingStepBenchmark {
  private static final int INPUTS = 784;
  private static final int CLASSES = 10;

  /** The examples of a step. */
  @Param({"50", "256"})
  private int batch = 50;

  /** The optimizer: momentum (SGD with momentum 0.9) or adam. */
  @Param({"momentum", "adam"})
  private String optimizer = "adam";

  private DataSet data = draw(2);
  private Trainer trainer = trainer(2, Optimizer.sgd(0.01));

  /** For the harness. */
  public TrainingStepBenchmark() {}

  /** Draws the batch and starts the trainer. */
  @Setup
  public void start() {
    data = draw(batch);
    trainer =
        trainer(
            batch,
            switch (optimizer) {
              case "momentum" -> Optimizer.momentum(0.01, 0.9);
              case "adam" -> Optimizer.adam(0.001);
              default ->
                  throw new IllegalArgumentException(
                      "optimizer: expected momentum or adam, was " + optimizer);
            });
  }

  private static DataSet draw(int examples) {
    Tensor inputs = Tensor.zeros(examples, INPUTS);
    RandomStream.of(1).fill(Distribution.uniform(0, 1), inputs.array(), 0, inputs.size());
    int[] labels = new int[examples];
    for (int i = 0; i < examples; i++) {
      labels[i] = i % CLASSES;
    }
    return DataSet.labeled(inputs, labels, CLASSES);
  }

  private static Trainer trainer(int batch, Optimizer optimizer) {
    Network network =
        Network.of(
            INPUTS,
            dense(300).initializer(heNormal()),
            batchNorm(),
            elu(),
            dense(100).initializer(heNormal()),
            batchNorm(),
            elu(),
            dense(CLASSES));
    return Training.of(network, Loss.softmaxCrossEntropy(), optimizer)
        .clip(GradientClipping.byGlobalNorm(1))
        .batchSize(batch)
        .start();
  }

  /**
   * One step.
   *
   * @return the loss before it
   */
  @Benchmark
  public double step() {
    return trainer.step(data);
  }
}
