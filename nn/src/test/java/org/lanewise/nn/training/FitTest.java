package org.lanewise.nn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.lanewise.nn.Layers.batchNorm;
import static org.lanewise.nn.Layers.dense;
import static org.lanewise.nn.Layers.elu;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.Samples;
import org.lanewise.nn.loss.Loss;
import org.lanewise.nn.network.Network;
import org.lanewise.nn.optimizer.Optimizer;
import org.lanewise.nn.schedule.Schedule;

final class FitTest {
  private static final long SEED = 5;
  private static final DataSet DATA = labeled(10);
  private static final DataSet VALIDATION = labeled(6);

  private static DataSet labeled(int size) {
    int[] labels = IntStream.range(0, size).map(i -> i * 7 % 3).toArray();
    return DataSet.labeled(Samples.normal(SEED, size, 4), labels, 3);
  }

  private static Training training() {
    Network network = Network.of(4, dense(6), batchNorm(), elu(), dense(3));
    return Training.of(network, Loss.softmaxCrossEntropy(), Optimizer.momentum(0.1, 0.9))
        .batchSize(4)
        .seed(SEED);
  }

  /** Notes what it is told. */
  private static final class Notes implements FitListener {
    private final List<String> notes = new ArrayList<>();

    @Override
    public void begins(int epochs, DataSet training) {
      notes.add(epochs + " epochs of " + training.size());
    }

    @Override
    public void epochBegins(int number) {
      notes.add("epoch " + number);
    }

    @Override
    public void batchEnds(int epoch, Metrics soFar) {
      notes.add(epoch + " after " + soFar.examples());
    }

    @Override
    public void epochEnds(History.Epoch epoch) {
      notes.add("end of " + epoch.number());
    }

    @Override
    public void ends(History history) {
      notes.add("end after " + history.epochs().size());
    }
  }

  @Test
  void trainsAsEpochsOneByOneDo() {
    Trainer fitted = training().start();
    History history = fitted.fit(DATA, Fit.epochs(3).validation(VALIDATION));
    Trainer looped = training().start();
    for (int epoch = 0; epoch < 3; epoch++) {
      Metrics metrics = looped.epoch(DATA);
      History.Epoch same = history.epochs().get(epoch);
      assertThat(same.number()).isEqualTo(epoch + 1);
      assertThat(same.training().loss()).isEqualTo(metrics.loss());
      assertThat(same.validation().orElseThrow().loss())
          .isEqualTo(looped.evaluate(VALIDATION).loss());
      assertThat(same.seconds()).isPositive();
    }
    assertThat(history.epochs()).hasSize(3);
    assertThat(history.chosen()).isEqualTo(history.epochs().getLast());
    assertThat(fitted.parameters().sameElements(looped.parameters())).isTrue();
    assertThat(fitted.epochs()).isEqualTo(3);
  }

  @Test
  void everyBatchIsInTheHistory() {
    History history = training().start().fit(DATA, Fit.epochs(2));
    assertThat(history.names()).containsExactly("loss", "accuracy", "gradient_norm");
    double[] losses = history.batches("loss");
    assertThat(losses).hasSize(6);
    assertThat((4 * losses[3] + 4 * losses[4] + 2 * losses[5]) / 10)
        .isCloseTo(history.epochs().get(1).training().loss(), within(1e-12));
    assertThat(history.batches("gradient_norm")).hasSize(6).doesNotContain(Double.NaN);
    assertThat(history.epochs().get(0).validation()).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> history.batches("recall"))
        .withMessage(
            "history: there is no recall, expected one of [loss, accuracy, gradient_norm]");
  }

  @Test
  void whatWasNotMeasuredIsNoNumber() {
    double[] norms =
        training().accumulate(2).start().fit(DATA, Fit.epochs(2)).batches("gradient_norm");
    assertThat(norms).hasSize(6);
    assertThat(new double[] {norms[0], norms[3]}).containsOnly(Double.NaN);
    assertThat(new double[] {norms[1], norms[2], norms[4], norms[5]}).doesNotContain(Double.NaN);

    Tensor broken = DATA.inputs().copy();
    broken.array()[0] = Float.POSITIVE_INFINITY;
    DataSet data = DataSet.labeled(broken, IntStream.range(0, 10).map(i -> i % 3).toArray(), 3);
    double[] losses =
        training().onNonFinite(NonFinite.SKIP).start().fit(data, Fit.epochs(1)).batches("loss");
    assertThat(losses).hasSize(3);
    assertThat(DoubleStream.of(losses).filter(Double::isNaN).count()).isOne();
  }

  @Test
  void aShareIsHeldBackByTheSeedOfTheTraining() {
    Trainer trainer = training().start();
    History history = trainer.fit(DATA, Fit.epochs(2).validationShare(0.3));
    Split split = DATA.split(0.3, SEED);
    Trainer looped = training().start();
    looped.epoch(split.training());
    looped.epoch(split.training());
    assertThat(history.epochs().getLast().validation().map(Metrics::loss))
        .isEqualTo(Optional.of(looped.evaluate(split.validation()).loss()));
  }

  @Test
  void schedulesSeeTheLossOfWhatIsHeldBack() {
    Trainer trainer = training().start();
    History history = trainer.fit(DATA, Fit.epochs(3).validation(VALIDATION));
    assertThat(trainer.progress().reports())
        .isEqualTo(
            history.epochs().stream().map(each -> each.validation().orElseThrow().loss()).toList());
    Trainer alone = training().start();
    assertThat(alone.progress().reports()).isEmpty();
    Metrics metrics = alone.fit(DATA, Fit.epochs(1)).chosen().training();
    assertThat(alone.progress().reports()).containsExactly(metrics.loss());
  }

  @Test
  void anEpochKnowsItsLearningRateAndMomentum() {
    List<History.Epoch> epochs =
        training().schedule(Schedule.exponential(0.5, 3)).start().fit(DATA, Fit.epochs(2)).epochs();
    assertThat(epochs).extracting(History.Epoch::learningRate).containsExactly(0.1, 0.05);
    assertThat(epochs).extracting(History.Epoch::momentum).containsOnly(0.9);
  }

  @Test
  void listenersAreToldOfEverythingInItsOrder() {
    Notes notes = new Notes();
    training().start().fit(DATA, Fit.epochs(1).listener(new FitListener() {}).listener(notes));
    assertThat(notes.notes)
        .containsExactly(
            "1 epochs of 10",
            "epoch 1",
            "1 after 4",
            "1 after 8",
            "1 after 10",
            "end of 1",
            "end after 1");
  }

  @Test
  void linesArePrintedAfterEveryEpoch() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    Fit fit = Fit.epochs(2).validation(VALIDATION).listener(FitListener.lines(out));
    History history = training().start().fit(DATA, fit);
    assertThat(bytes.toString(StandardCharsets.UTF_8).lines().toList())
        .isEqualTo(history.toString().lines().toList());
    assertThat(history.toString().lines().toList().get(1))
        .matches(
            "epoch 2: loss \\d\\.\\d{4}, accuracy \\d\\.\\d{4}, gradient_norm \\d\\.\\d{4},"
                + " validation loss \\d\\.\\d{4}, accuracy \\d\\.\\d{4}, \\d+\\.\\d s");
  }

  @Test
  void impossibleDescriptionsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Fit.epochs(0))
        .withMessage("fit: expected at least 1 epoch, was 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Fit.epochs(1).validationShare(1))
        .withMessage("split: expected a share between 0 and 1, both excluded, was 1.0");
    Trainer trainer = training().start();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.fit(DATA, Fit.epochs(1).earlyStopping(EarlyStopping.onLoss(1))))
        .withMessage("fit: expected validation examples for early stopping, was none");
    assertThat(trainer.steps()).isZero();
  }
}
