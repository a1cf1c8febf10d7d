package org.lanewise.nn.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.lanewise.autodiff.Tape;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Shape;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.program.Program;
import org.lanewise.nn.layer.Mode;

/**
 * Runs a network in inference on whatever its parameters hold at the time.
 *
 * <p>A program is recorded for each batch size and kept for the sizes used last. Not safe for use
 * by several threads.
 */
public final class Predictor {
  private static final int KEPT = 8;

  private record Prediction(List<Tensor> inputs, Program program, List<Tensor> outputs) {}

  private final Network network;
  private final Parameters parameters;
  private final Map<List<Shape>, Prediction> programs =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<Shape>, Prediction> eldest) {
          return size() > KEPT;
        }
      };

  /**
   * A predictor.
   *
   * @param network the network
   * @param parameters its parameters; not copied
   */
  public Predictor(Network network, Parameters parameters) {
    this.network = network;
    this.parameters = parameters;
  }

  /**
   * The outputs for a batch, of a network with one input and one output.
   *
   * @param x the examples, [batch, input shape…]
   * @return the outputs, [batch, output shape…]: a new tensor
   * @throws IllegalArgumentException if the examples do not fit the network or there are none, or
   *     the network has several outputs
   */
  public Tensor predict(Tensor x) {
    return Network.only("output", predict(List.of(x)));
  }

  /**
   * The outputs for a batch.
   *
   * @param inputs the examples for each input, [batch, input shape…]
   * @return each output, [batch, output shape…]: new tensors
   * @throws IllegalArgumentException if the examples do not fit the network or there are none
   */
  public List<Tensor> predict(List<Tensor> inputs) {
    List<Shape> shapes = inputs.stream().map(Tensor::shape).toList();
    Prediction prediction = programs.computeIfAbsent(shapes, this::record);
    for (int i = 0; i < inputs.size(); i++) {
      prediction.inputs.get(i).copyFrom(inputs.get(i));
    }
    prediction.program.run();
    return prediction.outputs.stream().map(Tensor::copy).toList();
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
   *     network has several inputs or outputs, or there is no sample
   */
  public PredictedDistribution predictDistribution(
      Tensor x, int samples, long seed, UnaryOperator<Variable> of) {
    if (samples < 1) {
      throw new IllegalArgumentException(
          "predict_distribution: expected at least 1 sample, was " + samples);
    }
    return new MonteCarlo(network, parameters, x, of, seed).moments(samples);
  }

  /**
   * How certain a network is of its output for a batch, sampled from seed 0.
   *
   * @param x the examples, [batch, input shape…]
   * @param samples how many samples to take, at least 1; 100 is usual
   * @return the mean and the standard deviation of the sampled outputs
   * @throws IllegalArgumentException if the examples do not fit the network or there are none, the
   *     network has several inputs or outputs, or there is no sample
   */
  public PredictedDistribution predictDistribution(Tensor x, int samples) {
    return predictDistribution(x, samples, 0, UnaryOperator.identity());
  }

  /**
   * The class of each example of a batch: the position of its largest output.
   *
   * @param x the examples, [batch, input shape…]
   * @return the classes, from 0
   * @throws IllegalArgumentException if the examples do not fit the network or there are none, or
   *     the outputs are not vectors of at least 2
   */
  public int[] classify(Tensor x) {
    Shape output = network.outputShape();
    if (output.rank() != 1 || output.size() < 2) {
      throw new IllegalArgumentException(
          "classify: expected outputs that are vectors of at least 2 classes, was shape " + output);
    }
    Variable outputs = new Tape().constant(predict(x));
    Tensor classes = outputs.argMax(-1).value();
    int[] labels = new int[classes.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (int) classes.array()[classes.offset() + i];
    }
    return labels;
  }

  private Prediction record(List<Shape> batches) {
    List<Tensor> inputs = batches.stream().map(Tensor::zeros).toList();
    Tape tape = new Tape();
    List<Variable> examples =
        inputs.stream().map(tensor -> tape.input("examples", tensor)).toList();
    List<Variable> outputs = network.record(parameters, Mode.INFERENCE, examples).outputs();
    Program program = tape.program(outputs, List.of());
    return new Prediction(
        inputs, program, outputs.stream().map(output -> program.value(output.node())).toList());
  }
}
