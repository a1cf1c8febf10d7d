package org.lanewise.bench.train;

import java.io.PrintStream;
import java.util.Locale;
import org.lanewise.autodiff.Variable;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.network.Network;
import org.lanewise.nn.prediction.PredictedDistribution;
import org.lanewise.nn.prediction.Predictor;
import org.lanewise.nn.training.DataSet;
import org.lanewise.nn.training.Split;
import org.lanewise.nn.training.Trainer;

/**
 * The demonstration job: trains 784-300-100-10 with He initialization, batch normalization before
 * ELU, clipping by global norm and Adam on images of clothes, and measures it on others; or
 * whatever else its options say.
 */
public final class Train {
  /** Images that are predicted together by samples. */
  private static final int SAMPLED_BATCH = 1000;

  private Train() {}

  /**
   * Runs the job and exits: 0 when it is done, 2 if an option or the data cannot be used.
   *
   * @param arguments the options; {@code --help} lists them
   */
  public static void main(String[] arguments) {
    System.exit(Command.run(arguments, System.out, System.err, Train::run));
  }

  static void run(Options options, PrintStream out) {
    // Read by the engine when it first shares out work, which is later.
    options
        .threads()
        .ifPresent(threads -> System.setProperty("lanewise.threads", Integer.toString(threads)));
    ImageData read =
        options.data().isPresent() ? ImageData.read(options.data().get()) : ImageData.embedded();
    ImageData images = options.standardize() ? read.standardized() : read;
    if (options.transfer().isPresent()) {
      Transfer.run(options, images, options.transfer().getAsInt(), out);
      return;
    }
    Network network = options.architecture().network(images.train().size(), LabeledImages.CLASSES);
    Split split = HeldBack.of(images.train().dataSet(LabeledImages.CLASSES));
    Trainer trainer =
        options
            .fitting()
            .fit(
                network,
                network.initialize(options.seed()),
                split.training(),
                split.validation(),
                out);
    DataSet test = images.test().dataSet(LabeledImages.CLASSES);
    options
        .monteCarlo()
        .ifPresent(
            samples ->
                out.println(
                    String.format(
                        Locale.ROOT,
                        "test accuracy by the mean of %d samples: %.4f",
                        samples,
                        sampledAccuracy(trainer.predictor(), test, samples, options.seed()))));
    ProgressReport.testAccuracy(out, trainer.evaluate(test).accuracy());
  }

  /** The accuracy of the largest mean probability over samples with dropout left on. */
  private static double sampledAccuracy(Predictor predictor, DataSet test, int samples, long seed) {
    int right = 0;
    for (int start = 0; start < test.size(); start += SAMPLED_BATCH) {
      DataSet part = test.slice(start, Math.min(test.size(), start + SAMPLED_BATCH));
      PredictedDistribution predicted =
          predictor.predictDistribution(
              part.inputs(), samples, seed, (Variable outputs) -> outputs.softmax(-1));
      right += countRight(predicted.mean(), part.targets());
    }
    return (double) right / test.size();
  }

  private static int countRight(Tensor probabilities, Tensor labels) {
    int classes = probabilities.shape().dimension(1);
    int right = 0;
    for (int i = 0; i < labels.size(); i++) {
      int best = 0;
      for (int k = 1; k < classes; k++) {
        best = probabilities.get(i, k) > probabilities.get(i, best) ? k : best;
      }
      right += best == labels.get(i) ? 1 : 0;
    }
    return right;
  }
}
