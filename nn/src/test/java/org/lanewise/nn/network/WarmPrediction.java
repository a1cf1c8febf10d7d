package org.lanewise.nn.network;

import static org.lanewise.nn.layer.Layers.dense;
import static org.lanewise.nn.layer.Layers.elu;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.lanewise.engine.Tensor;

/** Prints how many bytes a prediction allocates after the warm-up. */
final class WarmPrediction {
  private static final int ROUNDS = 10;
  private static final int CALLS = 10_000;

  private WarmPrediction() {}

  public static void main(String[] arguments) {
    Network network = Network.of(32, dense(64), elu(), dense(32), elu(), dense(1));
    Predictor predictor = new Predictor(network, network.initialize(1)).warmUp(1, 3);
    float[] one = new float[32];
    float[] output = new float[1];
    Tensor x = Tensor.zeros(3, 32);
    Tensor y = Tensor.zeros(3, 1);
    List<Tensor> inputs = List.of(x);
    List<Tensor> outputs = List.of(y);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    // In a round the JIT compiler may throw code away; in all of them it does not.
    for (int round = 0; round < ROUNDS; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < CALLS; i++) {
        predictor.predict(one, output);
        predictor.predict(x, y);
        predictor.predict(inputs, outputs);
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    System.out.println("allocated " + (double) least / CALLS);
  }
}
