package org.lanewise.nn.prediction;

import java.util.Arrays;
import java.util.List;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.network.Network;

/** Predicts for batches of zeros until that has stopped getting faster. */
final class WarmUp {
  /** How long predictions go on between two looks at how fast they are, in nanoseconds. */
  private static final long ROUND = 50_000_000;

  /** Predictions after which HotSpot's last compiler is sure to have been asked for all methods. */
  private static final long CALLS = 10_000;

  /** Rounds after which it must have been asked for all loops, however few the predictions. */
  private static final int ROUNDS = 20;

  /** Rounds in a row without progress that end the warm-up. */
  private static final int IDLE = 4;

  /** What counts as progress. */
  private static final double FASTER = 0.95;

  /** The most rounds, if loops are tried for long. */
  private static final int LIMIT = 600;

  private final Predictor predictor;
  private final PredictionPools pools;
  private final Network network;
  private final int[] batchSizes;

  WarmUp(Predictor predictor, PredictionPools pools, Network network, int[] batchSizes) {
    this.predictor = predictor;
    this.pools = pools;
    this.network = network;
    this.batchSizes = batchSizes.clone();
  }

  void run() {
    Caller[] callers = Arrays.stream(batchSizes).mapToObj(Caller::new).toArray(Caller[]::new);
    for (Caller caller : callers) {
      caller.settle();
    }
    double best = Double.POSITIVE_INFINITY;
    long calls = 0;
    int idle = 0;
    for (int round = 0; round < LIMIT && idle < IDLE; round++) {
      long start = System.nanoTime();
      long before = calls;
      long elapsed = 0;
      while (elapsed < ROUND) {
        for (Caller caller : callers) {
          caller.predict();
        }
        calls++;
        elapsed = System.nanoTime() - start;
      }
      double time = (double) elapsed / (calls - before);
      boolean asked = calls >= CALLS || round >= ROUNDS;
      boolean settled = asked && Arrays.stream(callers).allMatch(Caller::isSettled);
      idle = settled && time > FASTER * best ? idle + 1 : 0;
      best = Math.min(best, time);
    }
  }

  /** Predicts for one batch size in every way that there is. */
  private final class Caller {
    private final PredictionPool pool;
    private final List<Tensor> inputs;
    private final List<Tensor> outputs;

    Caller(int batch) {
      pool = pools.get(batch);
      pool.reserve(Predictor.CALLERS);
      inputs = zeros(batch, network.inputShapes());
      outputs = zeros(batch, network.outputShapes());
    }

    private static List<Tensor> zeros(int batch, List<Shape> shapes) {
      return shapes.stream().map(shape -> Tensor.zeros(Network.batched(batch, shape))).toList();
    }

    void predict() {
      predictor.predict(inputs, outputs);
      if (inputs.size() == 1 && outputs.size() == 1) {
        Tensor x = inputs.get(0);
        Tensor y = outputs.get(0);
        predictor.predict(x, y);
        // As if another thread was predicting too.
        Prediction taken = pool.take();
        try {
          predictor.predict(x.array(), y.array());
        } finally {
          pool.release(taken);
        }
      }
    }

    /** Has vectors tried for all that a prediction does. */
    void settle() {
      Prediction prediction = pool.take();
      try {
        prediction.settle();
      } finally {
        pool.release(prediction);
      }
    }

    boolean isSettled() {
      Prediction prediction = pool.take();
      try {
        return prediction.isSettled();
      } finally {
        pool.release(prediction);
      }
    }
  }
}
