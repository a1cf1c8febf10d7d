package org.lanewise.bench.train;

import java.io.PrintStream;
import java.util.OptionalInt;
import org.lanewise.nn.clip.GradientClipping;
import org.lanewise.nn.loss.Loss;
import org.lanewise.nn.network.Network;
import org.lanewise.nn.network.Parameters;
import org.lanewise.nn.optimizer.Optimizer;
import org.lanewise.nn.schedule.Schedule;
import org.lanewise.nn.training.DataSet;
import org.lanewise.nn.training.EarlyStopping;
import org.lanewise.nn.training.Fit;
import org.lanewise.nn.training.Trainer;
import org.lanewise.nn.training.Training;

/**
 * How the network of the job is trained.
 *
 * @param epochs how often it sees every image, 1 or more
 * @param batch the images in a step, 2 or more: batch normalization needs two
 * @param seed what the order of the images is drawn from
 * @param loss what is made small
 * @param optimizer the optimizer
 * @param schedule its schedule
 * @param clipping the clipping of gradients
 * @param patience the epochs without a smaller validation loss after which to stop
 */
record Fitting(
    int epochs,
    int batch,
    long seed,
    Loss loss,
    Optimizer optimizer,
    Catalog.ScheduleMaker schedule,
    GradientClipping clipping,
    OptionalInt patience) {

  /** The same for so many epochs. */
  Fitting epochs(int newEpochs) {
    return new Fitting(newEpochs, batch, seed, loss, optimizer, schedule, clipping, patience);
  }

  /** Trains parameters and reports every epoch. */
  Trainer fit(
      Network network, Parameters parameters, DataSet train, DataSet validation, PrintStream out) {
    long stepsOfEpoch = Math.ceilDiv(train.size(), batch);
    Schedule planned = schedule(stepsOfEpoch);
    Trainer trainer =
        Training.of(network, loss, optimizer)
            .schedule(planned)
            .clip(clipping)
            .batchSize(batch)
            .seed(seed)
            .start(parameters);
    ProgressReport report =
        new ProgressReport(out, Terminal.columns(), System::nanoTime, epochs, train.size());
    Fit fit = Fit.epochs(epochs).validation(validation).listener(report);
    trainer.fit(
        train,
        patience.isPresent() ? fit.earlyStopping(EarlyStopping.onLoss(patience.getAsInt())) : fit);
    return trainer;
  }

  private Schedule schedule(long stepsOfEpoch) {
    try {
      return schedule.make(stepsOfEpoch * epochs, stepsOfEpoch);
    } catch (IllegalArgumentException e) {
      throw new InputException("--schedule: " + e.getMessage());
    }
  }
}
