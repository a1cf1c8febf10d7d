package org.lanewise.nn.prediction;

import static org.lanewise.nn.Layers.batchNorm;
import static org.lanewise.nn.Layers.dense;
import static org.lanewise.nn.Layers.elu;
import static org.lanewise.nn.Layers.residual;
import static org.lanewise.nn.Layers.softmax;
import static org.lanewise.nn.Layers.tanh;

import java.util.Arrays;
import org.lanewise.nn.Samples;
import org.lanewise.nn.network.Network;

/** Predicts for batches from one example to enough to be shared among threads, and prints it. */
final class PredictedBits {
  private PredictedBits() {}

  public static void main(String[] arguments) {
    System.out.println("bits " + predict());
  }

  /** A number that all bits of the predictions go into. */
  static String predict() {
    Network network =
        Network.of(
            67,
            dense(300),
            batchNorm(),
            elu(),
            residual(dense(100).weightNorm(), tanh(), batchNorm(), dense(300)),
            dense(33),
            elu(),
            dense(5),
            softmax());
    Predictor predictor = new Predictor(network, network.initialize(1));
    int hash = 0;
    for (int batch : new int[] {1, 2, 11, 200}) {
      hash = 31 * hash + Arrays.hashCode(predictor.predict(Samples.normal(2, batch, 67)).toArray());
    }
    return Integer.toHexString(hash);
  }
}
