package org.lanewise.nn.prediction;

import static org.lanewise.nn.Layers.dense;
import static org.lanewise.nn.Layers.elu;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.network.Network;

/**
 * Prints how much slower than later the first predictions after the warm-up are, and how many bytes
 * one allocates.
 */
final class WarmPrediction {
  /** The argument that leaves the warm-up out. */
  static final String COLD = "cold";

  private static final int TIMED = 200;
  private static final int ROUNDS = 10;
  private static final int CALLS = 10_000;

  private final Predictor predictor;
  private final float[] one = new float[32];
  private final float[] output = new float[1];
  private final Tensor x = Tensor.zeros(3, 32);
  private final Tensor y = Tensor.zeros(3, 1);
  private final List<Tensor> inputs = List.of(x);
  private final List<Tensor> outputs = List.of(y);

  private WarmPrediction() {
    Network network = Network.of(32, dense(64), elu(), dense(32), elu(), dense(1));
    predictor = new Predictor(network, network.initialize(1));
  }

  public static void main(String[] arguments) {
    WarmPrediction prediction = new WarmPrediction();
    if (!List.of(arguments).contains(COLD)) {
      prediction.predictor.warmUp(1, 3);
    }
    double first = prediction.median();
    double allocated = prediction.allocated();
    System.out.println("cliff " + first / prediction.median() + " allocated " + allocated);
  }

  private void predict() {
    predictor.predict(one, output);
    predictor.predict(x, y);
    predictor.predict(inputs, outputs);
  }

  /** The median time of some calls: a pause of the machine does not matter to it. */
  private double median() {
    long[] times = new long[TIMED];
    for (int i = 0; i < times.length; i++) {
      long start = System.nanoTime();
      predict();
      times[i] = System.nanoTime() - start;
    }
    Arrays.sort(times);
    return times[TIMED / 2];
  }

  private double allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    // In a round the JIT compiler may throw code away; in all of them it does not.
    for (int round = 0; round < ROUNDS; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < CALLS; i++) {
        predict();
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    return (double) least / CALLS;
  }
}
