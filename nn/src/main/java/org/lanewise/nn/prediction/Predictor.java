package org.lanewise.nn.prediction;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.program.SharedConstants;
import org.lanewise.nn.activation.HardSigmoid;
import org.lanewise.nn.activation.Logistic;
import org.lanewise.nn.layer.Layer;
import org.lanewise.nn.network.Batches;
import org.lanewise.nn.network.FoldedNetwork;
import org.lanewise.nn.network.Network;
import org.lanewise.nn.network.Parameters;
import org.lanewise.nn.network.SavedNetwork;

/**
 * A trained network, ready for prediction: a snapshot of its parameters in which batch
 * normalization is folded into dense layers, dropout and noise are gone and weights are packed
 * once.
 *
 * <p>Safe for use by several threads, of which as many as there are processors predict at once
 * without waiting for each other; more would not be faster. A program is made when a batch size is
 * predicted for the first time, and when more callers predict at once than ever before, up to that
 * number; programs are kept for the 16 sizes used lately. Apart from that, the methods that are
 * given where outputs go allocate nothing.
 *
 * <p>Outputs are those of {@link FoldedNetwork}, the network's own up to rounding. An example has
 * the same bits in every batch, for every number of threads and every width of lanes.
 */
public final class Predictor {
  /** The callers of one batch size that predict at once: more would wait for processors. */
  static final int CALLERS = Math.max(2, Runtime.getRuntime().availableProcessors());

  private final FoldedNetwork folded;
  private final Batches batches;
  private final PredictionPools pools;

  /** A warm-up holds two programs at once: two warm-ups could wait for each other's. */
  private final Object warmUp = new Object();

  /** Whether there is one input and one output; then those are the sizes of an example of them. */
  private final boolean single;

  private final int inputSize;
  private final int outputSize;

  /**
   * A predictor.
   *
   * @param network the network
   * @param parameters its parameters: copied, so it does not matter what becomes of them
   * @throws IllegalArgumentException if the parameters are not those of the network
   */
  public Predictor(Network network, Parameters parameters) {
    folded = FoldedNetwork.of(network, parameters);
    batches = folded.network().batches();
    SharedConstants constants = new SharedConstants();
    pools =
        new PredictionPools(
            batch ->
                new PredictionPool(batch, CALLERS, () -> new Prediction(folded, constants, batch)));
    single = network.inputShapes().size() == 1 && network.outputShapes().size() == 1;
    inputSize = network.inputShapes().get(0).size();
    outputSize = network.outputShapes().get(0).size();
  }

  /**
   * A predictor of a network that was saved.
   *
   * @param saved what was loaded
   * @return the predictor
   */
  public static Predictor of(SavedNetwork saved) {
    return new Predictor(saved.network(), saved.parameters());
  }

  /**
   * The outputs for a batch, of a network with one input and one output.
   *
   * @param x the examples, [batch, input shape…]
   * @return the outputs, [batch, output shape…]: a new tensor
   * @throws IllegalArgumentException if the examples do not fit the network or there are none, or
   *     the network has several inputs or outputs
   */
  public Tensor predict(Tensor x) {
    // Refused if there are several outputs.
    var _ = folded.network().outputShape();
    return predict(List.of(x)).getFirst();
  }

  /**
   * The outputs for a batch.
   *
   * @param inputs the examples for each input, [batch, input shape…]
   * @return each output, [batch, output shape…]: new tensors
   * @throws IllegalArgumentException if the examples do not fit the network or there are none
   */
  public List<Tensor> predict(List<Tensor> inputs) {
    int batch = batches.require(inputs, Tensor::shape);
    List<Tensor> outputs = new ArrayList<>();
    for (Shape shape : folded.network().outputShapes()) {
      outputs.add(Tensor.zeros(Network.batched(batch, shape)));
    }
    predict(inputs, outputs);
    return List.copyOf(outputs);
  }

  /**
   * Predicts for a batch, with a network of one input and one output, without allocating.
   *
   * @param x the examples, one after the other
   * @param y receives their outputs, one after the other
   * @throws IllegalArgumentException if there is no example, the number of elements is not that of
   *     whole examples or of their outputs, or the network has several inputs or outputs
   */
  public void predict(float[] x, float[] y) {
    requireSingle();
    int batch = x.length / inputSize;
    if (batch == 0 || batch * inputSize != x.length) {
      throw new IllegalArgumentException(
          "predict: expected whole examples of "
              + inputSize
              + " elements, at least one, was "
              + x.length
              + " elements");
    }
    if (y.length != (long) batch * outputSize) {
      throw new IllegalArgumentException(
          "predict: expected room for "
              + batch
              + " outputs of "
              + outputSize
              + " elements, was "
              + y.length
              + " elements");
    }
    PredictionPool pool = pools.get(batch);
    Prediction prediction = pool.take();
    try {
      prediction.run(x, y);
    } finally {
      pool.release(prediction);
    }
  }

  /**
   * Predicts for a batch, with a network of one input and one output, without allocating.
   *
   * @param x the examples, [batch, input shape…]
   * @param y receives the outputs, [batch, output shape…]
   * @throws IllegalArgumentException if the examples do not fit the network or there are none, the
   *     outputs have another shape, or the network has several inputs or outputs
   */
  public void predict(Tensor x, Tensor y) {
    requireSingle();
    PredictionPool pool = pools.get(batches.require(0, x.shape()));
    Prediction prediction = pool.take();
    try {
      prediction.requireOutput(0, y);
      prediction.read(0, x);
      prediction.run();
      prediction.write(0, y);
    } finally {
      pool.release(prediction);
    }
  }

  /**
   * Predicts for a batch without allocating.
   *
   * @param inputs the examples for each input, [batch, input shape…]
   * @param outputs receive each output, [batch, output shape…]
   * @throws IllegalArgumentException if the examples do not fit the network or there are none, or
   *     the outputs are not as many or have another shape
   */
  public void predict(List<Tensor> inputs, List<Tensor> outputs) {
    int batch = batches.require(inputs, Tensor::shape);
    PredictionPool pool = pools.get(batch);
    Prediction prediction = pool.take();
    try {
      prediction.requireOutputs(outputs);
      for (int i = 0; i < inputs.size(); i++) {
        prediction.read(i, inputs.get(i));
      }
      prediction.run();
      for (int i = 0; i < outputs.size(); i++) {
        prediction.write(i, outputs.get(i));
      }
    } finally {
      pool.release(prediction);
    }
  }

  /**
   * A predictor of the same network with more layers, such as one that makes probabilities of
   * logits: {@code predictor.then(softmax())}, or {@code predictor.then(sigmoid())} for a network
   * of one output.
   *
   * @param layers layers without parameters, the first is applied first
   * @return the predictor
   * @throws IllegalArgumentException if the network has several outputs, a layer does not take what
   *     it is given, or has parameters
   */
  public Predictor then(Layer... layers) {
    return new Predictor(folded.network().then(layers), folded.parameters());
  }

  /**
   * Predicts again and again until it has become as fast as it will be, so that the first request
   * is served like any other: programs are made for as many callers as there are processors, loops
   * have been tried, and what runs has been compiled. Takes from half a second to some seconds.
   *
   * @param batchSizes the numbers of examples that will be predicted at once, at least one of them
   * @return this
   * @throws IllegalArgumentException if there is no batch size, or one is below 1
   */
  public Predictor warmUp(int... batchSizes) {
    if (batchSizes.length == 0) {
      throw new IllegalArgumentException("warm_up: expected at least one batch size, was none");
    }
    for (int batch : batchSizes) {
      if (batch < 1) {
        throw new IllegalArgumentException(
            "warm_up: expected batch sizes of at least 1, was " + batch);
      }
    }
    synchronized (warmUp) {
      new WarmUp(this, pools, folded.network(), batchSizes).run();
    }
    return this;
  }

  private void requireSingle() {
    if (!single) {
      throw new IllegalArgumentException(
          "predict: expected a network with one input and one output, was one with "
              + folded.network().inputShapes().size()
              + " and "
              + folded.network().outputShapes().size());
    }
  }

  /**
   * How certain a network is of its output for a batch: Monte Carlo dropout. The outputs are
   * sampled with dropout and noise as in training, everything else as in inference, so that batch
   * normalization uses what it gathered.
   *
   * <p>Source: Gal and Ghahramani, <i>Dropout as a Bayesian approximation</i>, 2016.
   *
   * @param x the examples, [batch, input shape…]
   * @param samples how many samples to take, at least 1; 100 is usual
   * @param seed the seed of the draws: the same gives the same bits
   * @param of what the moments are of, recorded from the outputs, such as probabilities
   * @return the mean and the standard deviation of the samples
   * @throws IllegalArgumentException if the examples do not fit the network or there are none, the
   *     network has several inputs or outputs or no layer that draws, or there is no sample
   */
  public PredictedDistribution predictDistribution(
      Tensor x, int samples, long seed, UnaryOperator<Variable> of) {
    if (samples < 1) {
      throw new IllegalArgumentException(
          "predict_distribution: expected at least 1 sample, was " + samples);
    }
    return new MonteCarlo(folded, x, of, seed).moments(samples);
  }

  /**
   * How certain a network is of its output for a batch, sampled from seed 0.
   *
   * @param x the examples, [batch, input shape…]
   * @param samples how many samples to take, at least 1; 100 is usual
   * @return the mean and the standard deviation of the sampled outputs
   * @throws IllegalArgumentException if the examples do not fit the network or there are none, the
   *     network has several inputs or outputs or no layer that draws, or there is no sample
   */
  public PredictedDistribution predictDistribution(Tensor x, int samples) {
    return predictDistribution(x, samples, 0, UnaryOperator.identity());
  }

  /**
   * The class of each example of a batch: the position of its largest output. A single output tells
   * classes 0 and 1 apart: 1 is for those above 0, as of logits, or above 1/2 if the network ends
   * with the logistic function, hard or not.
   *
   * @param x the examples, [batch, input shape…]
   * @return the classes, from 0
   * @throws IllegalArgumentException if the examples do not fit the network or there are none, the
   *     outputs are not vectors of at least 1, or one is NaN
   */
  public int[] classify(Tensor x) {
    Shape output = folded.network().outputShape();
    if (output.rank() != 1 || output.size() == 0) {
      throw new IllegalArgumentException(
          "classify: expected outputs that are vectors, was shape " + output);
    }
    Tensor outputs = predict(x);
    requireNumbers(outputs);
    Variable y = new Tape().constant(outputs);
    Variable classes =
        output.size() > 1 ? y.argMax(-1) : y.greater(middle()).reshape(y.shape().dimension(0));
    int[] labels = new int[outputs.shape().dimension(0)];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (int) classes.value().get(i);
    }
    return labels;
  }

  /** Where a single output stands for both classes alike. */
  private double middle() {
    return folded
            .network()
            .outputLayer(0)
            .filter(last -> last instanceof Logistic || last instanceof HardSigmoid)
            .isPresent()
        ? 0.5
        : 0;
  }

  private static void requireNumbers(Tensor outputs) {
    int width = outputs.shape().dimension(-1);
    for (int i = 0; i < outputs.size(); i++) {
      if (Float.isNaN(outputs.storage()[outputs.offset() + i])) {
        throw new IllegalArgumentException(
            "classify: expected outputs that are numbers, was NaN for example " + i / width);
      }
    }
  }

  /** The network in one line. */
  @Override
  public String toString() {
    return "Predictor of " + folded.network();
  }
}
