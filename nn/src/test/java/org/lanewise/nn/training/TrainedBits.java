package org.lanewise.nn.training;

import static org.lanewise.nn.Layers.alphaDropout;
import static org.lanewise.nn.Layers.batchNorm;
import static org.lanewise.nn.Layers.dense;
import static org.lanewise.nn.Layers.dropout;
import static org.lanewise.nn.Layers.elu;
import static org.lanewise.nn.Layers.gaussianNoise;
import static org.lanewise.nn.Layers.logistic;
import static org.lanewise.nn.Layers.selu;
import static org.lanewise.nn.Layers.tanh;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.Samples;
import org.lanewise.nn.clip.GradientClipping;
import org.lanewise.nn.loss.SoftmaxCrossEntropy;
import org.lanewise.nn.network.Network;
import org.lanewise.nn.network.Parameters;
import org.lanewise.nn.optimizer.Optimizer;

/** Trains a network large enough to be shared among threads, and prints what became of it. */
final class TrainedBits {
  private TrainedBits() {}

  public static void main(String[] arguments) {
    System.out.println("bits " + train());
  }

  /** A number that all bits of parameters, optimizer state, metrics and predictions go into. */
  static String train() {
    Network network =
        Network.of(
            67,
            gaussianNoise(0.1),
            dense(520).withoutBias(),
            batchNorm().momentum(0.9),
            elu(),
            dropout(0.2),
            dense(33),
            tanh(),
            dense(17),
            selu(),
            alphaDropout(0.1),
            dense(16),
            logistic(),
            dense(5));
    Trainer trainer =
        Training.of(network, new SoftmaxCrossEntropy(), Optimizer.adam(0.01))
            .clip(GradientClipping.byGlobalNorm(0.5))
            .batchSize(24)
            .seed(1)
            .start();
    Tensor inputs = Samples.normal(2, 49, 67);
    int[] labels = IntStream.range(0, 49).map(i -> i * 7 % 5).toArray();
    DataSet data = DataSet.labeled(inputs, labels, 5);
    double first = trainer.epoch(data).loss();
    double last = trainer.evaluate(data).loss();
    long hash = Arrays.hashCode(new double[] {first, last});
    hash = 31 * hash + Arrays.hashCode(trainer.predictor().predict(inputs).toArray());
    hash = 31 * hash + hash(trainer.parameters());
    return Long.toHexString(31 * hash + hash(trainer.optimizerState())) + " loss " + last;
  }

  private static long hash(Parameters parameters) {
    long hash = 0;
    for (String name : parameters.names()) {
      hash = 31 * hash + Arrays.hashCode(parameters.get(name).toArray());
    }
    return hash;
  }
}
