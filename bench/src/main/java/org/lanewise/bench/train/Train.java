package org.lanewise.bench.train;

import static org.lanewise.nn.initializer.Initializer.heNormal;
import static org.lanewise.nn.layer.Layers.batchNorm;
import static org.lanewise.nn.layer.Layers.dense;
import static org.lanewise.nn.layer.Layers.elu;

import java.io.PrintStream;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.clip.GradientClipping;
import org.lanewise.nn.layer.BatchNorm;
import org.lanewise.nn.layer.Dense;
import org.lanewise.nn.loss.SoftmaxCrossEntropy;
import org.lanewise.nn.network.Network;
import org.lanewise.nn.optimizer.Optimizer;
import org.lanewise.nn.schedule.Schedule;
import org.lanewise.nn.training.DataSet;
import org.lanewise.nn.training.Trainer;
import org.lanewise.nn.training.Training;

/**
 * The demonstration job: trains 784-300-100-10 with He initialization, batch normalization before
 * ELU, clipping by global norm and Adam on images of clothes, and measures it on others.
 */
public final class Train {
  /** One in so many training images is held back to validate on. */
  private static final int VALIDATION_SHARE = 12;

  /** What is left of the learning rate at the end; it falls in a straight line. */
  private static final double LAST_FACTOR = 0.01;

  private Train() {}

  /**
   * Runs the job and exits: 0 when it is done, 2 if an option or the data cannot be used.
   *
   * @param arguments the options; {@code --help} lists them
   */
  public static void main(String[] arguments) {
    System.exit(Command.run(arguments, System.out, System.err, Train::run));
  }

  private static void run(Options options, PrintStream out) {
    // Read by the engine when it first shares out work, which is later.
    options
        .threads()
        .ifPresent(threads -> System.setProperty("lanewise.threads", Integer.toString(threads)));
    ImageData images =
        options.data().isPresent() ? ImageData.read(options.data().get()) : ImageData.embedded();
    DataSet all = dataSet(images.train());
    int held = all.size() / VALIDATION_SHARE;
    if (held == 0) {
      throw new InputException(
          "expected at least " + VALIDATION_SHARE + " training images, was " + all.size());
    }
    DataSet train = all.slice(0, all.size() - held);
    DataSet validation = all.slice(all.size() - held, all.size());

    Trainer trainer = training(images.train().size(), train.size(), options).start();
    ProgressReport report =
        new ProgressReport(
            out, Terminal.columns(), System::nanoTime, options.epochs(), train.size());
    for (int epoch = 0; epoch < options.epochs(); epoch++) {
      report.startEpoch();
      trainer.epoch(
          train, soFar -> report.step((int) soFar.examples(), soFar.loss(), soFar.accuracy()));
      report.endEpoch(trainer.evaluate(validation).accuracy());
    }
    report.testAccuracy(trainer.evaluate(dataSet(images.test())).accuracy());
  }

  private static Training training(int inputs, int examples, Options options) {
    Dense hidden1 = dense(300).initializer(heNormal()).withoutBias();
    Dense hidden2 = dense(100).initializer(heNormal()).withoutBias();
    BatchNorm norm = batchNorm().momentum(0.9);
    Network network =
        Network.of(
            inputs, hidden1, norm, elu(), hidden2, norm, elu(), dense(LabeledImages.CLASSES));
    long batches = Math.ceilDiv(examples, options.batch());
    return Training.of(network, new SoftmaxCrossEntropy(), Optimizer.adam(options.learningRate()))
        .clip(GradientClipping.byGlobalNorm(1))
        .schedule(Schedule.linear(1, LAST_FACTOR, batches * options.epochs()))
        .batchSize(options.batch())
        .seed(options.seed());
  }

  private static DataSet dataSet(LabeledImages images) {
    Tensor pixels = Tensor.of(images.pixels(), images.count(), images.size());
    return DataSet.labeled(pixels, images.labels(), LabeledImages.CLASSES);
  }
}
